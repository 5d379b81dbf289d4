package chat.parley.server;

import chat.parley.config.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.jspecify.annotations.Nullable;

/**
 * A certificate with its chain, and the private key, as they stand in two PEM files (RFC 7468). Keys are PKCS#8, PKCS#1
 * or SEC 1, not encrypted. Immutable; equal when the files hold the same bytes. The key is never in a message.
 */
final class PemPair {

    /** So that a device or a wrong file is not read for ever; a chain has some kilobytes. */
    private static final int MOST_BYTES = 1 << 20;

    /** RFC 5480, section 2.1.1: the one kind of key that the JDK does not find by its number. */
    private static final String EC = "1.2.840.10045.2.1";

    private final Settings.Tls files;
    private final byte[] certificate;
    private final byte[] key;

    private PemPair(Settings.Tls files, byte[] certificate, byte[] key) {
        this.files = files;
        this.certificate = certificate;
        this.key = key;
    }

    /**
     * Reads the files, and no meaning into them.
     *
     * @throws TlsRefusedException when one cannot be read
     */
    static PemPair read(Settings.Tls files) {
        return new PemPair(files, bytes(files.certificate()), bytes(files.key()));
    }

    /**
     * The pair as a store of one key.
     *
     * @throws TlsRefusedException when they are not what they should be, or do not belong together
     */
    KeyStore keyStore(char[] password) {
        List<X509Certificate> chain = chain();
        PrivateKey secret = privateKey();
        try {
            if (!isPair(secret, chain.get(0))) {
                throw new TlsRefusedException("the key in " + files.key() + " is not that of the first certificate in "
                        + files.certificate());
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("parley", secret, password, chain.toArray(Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw refusal(files.certificate(), "cannot be used with its key: " + e.getMessage(), e);
        }
    }

    /** The server's own certificate, and those that vouch for it. */
    List<X509Certificate> chain() {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Object object : objects(certificate)) {
                if (object instanceof X509CertificateHolder holder) {
                    chain.add((X509Certificate)
                            factory.generateCertificate(new ByteArrayInputStream(holder.getEncoded())));
                }
            }
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw refusal(files.certificate(), "is no certificate in PEM form", e);
        }
        if (chain.isEmpty()) {
            throw refusal(files.certificate(), "holds no certificate in PEM form", null);
        }
        return chain;
    }

    private PrivateKey privateKey() {
        PrivateKeyInfo info = null;
        try {
            for (Object object : objects(key)) {
                if (object instanceof PEMEncryptedKeyPair || object instanceof PKCS8EncryptedPrivateKeyInfo) {
                    throw refusal(files.key(), "is encrypted: take its passphrase off", null);
                }
                if (object instanceof PEMKeyPair pair) {
                    info = pair.getPrivateKeyInfo();
                } else if (object instanceof PrivateKeyInfo plain) {
                    info = plain;
                }
            }
            if (info == null) {
                throw refusal(files.key(), "holds no private key in PEM form", null);
            }
            String algorithm = info.getPrivateKeyAlgorithm().getAlgorithm().getId();
            return KeyFactory.getInstance(algorithm.equals(EC) ? "EC" : algorithm)
                    .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
        } catch (TlsRefusedException e) {
            throw e;
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw refusal(files.key(), "is no private key in PEM form", null); // not the cause: it may quote the key
        }
    }

    private static List<Object> objects(byte[] pem) throws IOException {
        List<Object> objects = new ArrayList<>();
        try (PEMParser parser =
                new PEMParser(new InputStreamReader(new ByteArrayInputStream(pem), StandardCharsets.ISO_8859_1))) {
            for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
                objects.add(next);
            }
        }
        return objects;
    }

    /** Whether what the one signs, the other knows. */
    private static boolean isPair(PrivateKey secret, X509Certificate certificate) throws GeneralSecurityException {
        if (!secret.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
            return false;
        }
        Signature signature = Signature.getInstance(
                switch (secret.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> secret.getAlgorithm();
                });
        byte[] anything = {1, 2, 3};
        signature.initSign(secret);
        signature.update(anything);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(anything);
        return signature.verify(signed);
    }

    private static byte[] bytes(String file) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw refusal(file, "is not there", e);
        } catch (IOException e) {
            throw refusal(file, "cannot be read: " + e, e);
        }
        if (bytes.length > MOST_BYTES) {
            throw refusal(file, "is too large for PEM", null);
        }
        return bytes;
    }

    private static TlsRefusedException refusal(String file, String why, @Nullable Exception cause) {
        String line = "TLS: " + file + " " + why;
        return cause == null ? new TlsRefusedException(line) : new TlsRefusedException(line, cause);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PemPair that
                && Arrays.equals(certificate, that.certificate)
                && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(certificate);
    }
}
