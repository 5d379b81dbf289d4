package chat.parley.identity;

import chat.parley.protocol.UserName;
import java.security.SecureRandom;
import java.util.List;

/**
 * Names for guests who asked for none, such as {@code merry-otter-274}: ASCII, easy to say, some nine million of
 * them.
 */
final class MadeUpNames {
    private static final List<String> ADJECTIVES = words("""
            able agile amber azure bold brave breezy bright brisk calm candid cheery civil clever coral cosy
            crisp curious daring dapper deft eager early fair fleet fond frank fresh gentle glad golden grand
            hardy hazel honest humble ivory jade jolly keen kind lively loyal lucid lucky mellow merry mild
            modest neat nimble noble patient placid polite prompt proud quick quiet rapid ready robust rosy ruby
            sage serene silver sincere snug sociable steady sturdy sunny swift tidy tranquil trusty upbeat
            valiant velvet vivid warm wise witty zesty""");

    private static final List<String> ANIMALS = words("""
            alpaca badger beaver bison bittern bobcat camel caribou chamois cheetah civet condor cormorant
            cougar crane cricket curlew dingo dolphin dormouse eagle egret eider elk ermine falcon ferret finch
            fox gannet gazelle gecko gibbon giraffe goshawk grebe hare hedgehog heron hoopoe ibex ibis iguana
            impala jackdaw jaguar jay kestrel kingfisher kite koala lark lemur leopard linnet llama lynx magpie
            mallard manatee marmot marten meerkat merlin moose narwhal newt ocelot okapi oriole osprey otter owl
            panda pelican penguin petrel plover puffin puma quail rabbit raven reindeer robin salmon seal
            sparrow squirrel starling stoat stork swallow swan tapir tern thrush toucan turtle vole walrus
            weasel wombat wren yak zebra""");

    private MadeUpNames() {}

    /** One of them; whether somebody has it already is for the caller to see. */
    static UserName make(SecureRandom random) {
        String adjective = ADJECTIVES.get(random.nextInt(ADJECTIVES.size()));
        String animal = ANIMALS.get(random.nextInt(ANIMALS.size()));
        int number = 2 + random.nextInt(998);
        return new UserName(adjective + "-" + animal + "-" + number);
    }

    private static List<String> words(String text) {
        return List.of(text.split("\\s+"));
    }
}
