package holdfast.daemon.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Keys that OpenSSL has written in all the forms it knows; the password is "secret".
class PrivateKeysTest {

    private static final Path KEYS = Path.of("src/test/resources/keys");
    private static final Optional<String> PASSWORD = Optional.of("secret");

    private static String text(String name) throws IOException {
        return Files.readString(KEYS.resolve(name + ".pem"));
    }

    @ParameterizedTest
    @CsvSource({
        "rsa-pkcs8,        RSA",
        "rsa-old,          RSA",
        "rsa-old-aes256,   RSA",
        "rsa-old-aes128,   RSA",
        "rsa-old-des3,     RSA",
        "rsa-encrypted,    RSA",
        "rsa-encrypted-v1, RSA",
        "ec-pkcs8,         EC",
        "ec-old,           EC",
        "ec-old-aes256,    EC",
        "ec-encrypted,     EC",
        "ed25519,          EdDSA",
    })
    void everyFormIsRead(String name, String algorithm)
            throws IOException, GeneralSecurityException {
        var key = PrivateKeys.read(text(name), PASSWORD);
        assertEquals(algorithm, key.getAlgorithm());
        String signing =
                switch (algorithm) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> "Ed25519";
                };
        Signature signature = Signature.getInstance(signing);
        signature.initSign(key);
        signature.update(new byte[] {1});
        assertFalse(signature.sign().length == 0);
    }

    @ParameterizedTest
    @CsvSource({
        "rsa-encrypted,    other, the password does not fit the key",
        "rsa-encrypted,    ,      the key needs a password",
        "rsa-old-aes256,   other, the password does not fit the key",
        "rsa-old-aes256,   ,      the key needs a password",
        "none,             other, it holds no private key",
    })
    void whatIsWrongIsSaid(String name, String password, String complaint) throws IOException {
        String text = name.equals("none") ? "-----BEGIN X-----\n" : text(name);
        IOException thrown =
                assertThrows(
                        IOException.class,
                        () -> PrivateKeys.read(text, Optional.ofNullable(password)));
        assertEquals(complaint, thrown.getMessage());
    }

    @Test
    void brokenFilesAreRefusedAndNothingElseHappens() throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
        for (String name : new String[] {"ec-old", "rsa-old", "ec-encrypted", "rsa-old-des3"}) {
            String whole = text(name);
            for (int i = 0; i < 300; i++) {
                StringBuilder text = new StringBuilder(whole);
                for (int changes = random.nextInt(1, 6); changes > 0; changes--) {
                    text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(32, 127));
                }
                text.setLength(
                        random.nextBoolean() ? text.length() : random.nextInt(whole.length()));
                try {
                    PrivateKeys.read(text.toString(), PASSWORD);
                } catch (IOException expected) {
                    assertFalse(String.valueOf(expected.getMessage()).contains("secret"));
                }
            }
        }
    }
}
