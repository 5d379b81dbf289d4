package chat.parley.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.it.Certificates;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator is told of certificates and keys that cannot be used: one line, and exit code 2. */
class TlsFilesTest {

    @TempDir
    Path folder;

    @Test
    void oneWithoutTheOtherIsRefused() {
        assertEquals(
                "parley: parley.tls.key = x.pem: needs parley.tls.certificate beside it (from command line)",
                refusal("--set", "parley.tls.key=x.pem"));
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertEquals("parley: TLS: " + certificate() + " is not there", refusal());
    }

    @Test
    void aFileWithoutPemIsNamed() throws Exception {
        Files.writeString(certificate(), "no certificate\n");
        Files.writeString(key(), "no key\n");
        assertEquals("parley: TLS: " + certificate() + " holds no certificate in PEM form", refusal());

        Certificates.ec("good").writeCertificate(certificate());
        assertEquals("parley: TLS: " + key() + " holds no private key in PEM form", refusal());
    }

    @Test
    void brokenPemIsNamedAndNotQuoted() throws Exception {
        Certificates.ec("good").writeCertificate(certificate());
        Files.writeString(key(), "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");

        assertEquals("parley: TLS: " + key() + " is no private key in PEM form", refusal());
    }

    @Test
    void anEncryptedKeyIsRefusedWithWhatToDo() throws Exception {
        Certificates.ec("good").writeCertificate(certificate());
        Files.writeString(
                key(),
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n"
                        + "DEK-Info: AES-128-CBC,00000000000000000000000000000000\n\nAAAA\n"
                        + "-----END RSA PRIVATE KEY-----\n");

        assertEquals("parley: TLS: " + key() + " is encrypted: take its passphrase off", refusal());
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws Exception {
        Certificates.ec("one").writeCertificate(certificate());
        Certificates.ec("other").writeKey(key());

        assertTrue(refusal().contains("is not that of the first certificate"), refusal());
    }

    private String refusal() {
        return refusal("--set", "parley.tls.certificate=" + certificate(), "--set", "parley.tls.key=" + key());
    }

    private String refusal(String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
                new PrintStream(err, true, UTF_8),
                arguments);
        assertEquals(2, code);
        return err.toString(UTF_8).stripTrailing();
    }

    private Path certificate() {
        return folder.resolve("cert.pem");
    }

    private Path key() {
        return folder.resolve("key.pem");
    }
}
