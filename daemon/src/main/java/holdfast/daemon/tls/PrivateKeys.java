package holdfast.daemon.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// Private keys as OpenSSL writes them: PKCS #8, plain or encrypted, and the older forms of RSA and
/// elliptic curves, encrypted in the old way or not.
final class PrivateKeys {

    private static final String RSA_LABEL = "RSA PRIVATE KEY";
    private static final String EC_LABEL = "EC PRIVATE KEY";

    /// The content of an AlgorithmIdentifier: rsaEncryption with no parameters.
    private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");

    /// The object identifier id-ecPublicKey.
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    private static final int SALT_BYTES = 8;

    private PrivateKeys() {}

    /// The first key of a PEM file.
    ///
    /// @throws IOException when there is none, or it cannot be read; in words
    static PrivateKey read(String text, Optional<String> password) throws IOException {
        for (Pem block : Pem.all(text)) {
            if (block.label().endsWith("PRIVATE KEY")) {
                return key(pkcs8(block, password));
            }
        }
        throw new IOException("it holds no private key");
    }

    private static byte[] pkcs8(Pem block, Optional<String> password) throws IOException {
        try {
            return switch (block.label()) {
                case "ENCRYPTED PRIVATE KEY" -> decrypted(block.octets(), needed(password));
                case RSA_LABEL, EC_LABEL -> {
                    byte[] old =
                            block.fields().containsKey("DEK-Info")
                                    ? decryptedOld(block, needed(password))
                                    : block.octets();
                    yield wrapped(block.label(), old);
                }
                default -> block.octets();
            };
        } catch (GeneralSecurityException
                | IndexOutOfBoundsException
                | IllegalArgumentException e) {
            throw new IOException("the password does not fit the key", e);
        }
    }

    private static String needed(Optional<String> password) throws IOException {
        return password.orElseThrow(() -> new IOException("the key needs a password"));
    }

    private static byte[] decrypted(byte[] octets, String password)
            throws IOException, GeneralSecurityException {
        var info = new EncryptedPrivateKeyInfo(octets);
        // Which scheme of PKCS #5 it is stands in the parameters only.
        String scheme = String.valueOf(info.getAlgParameters());
        String name = scheme.startsWith("PBEWith") ? scheme : info.getAlgName();
        SecretKey key =
                SecretKeyFactory.getInstance(name)
                        .generateSecret(new PBEKeySpec(password.toCharArray()));
        Cipher cipher = Cipher.getInstance(name);
        cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
        return info.getKeySpec(cipher).getEncoded();
    }

    /// As OpenSSL did before PKCS #8: the key is a chain of MD5 sums (`EVP_BytesToKey`).
    private static byte[] decryptedOld(Pem block, String password)
            throws IOException, GeneralSecurityException {
        String info = String.valueOf(block.fields().get("DEK-Info"));
        int comma = info.indexOf(',');
        if (comma < 0) {
            throw new IOException("the key is encrypted in an unknown way");
        }
        byte[] vector = HexFormat.of().parseHex(info.substring(comma + 1).strip());
        String name = info.substring(0, comma);
        int keyBytes =
                switch (name) {
                    case "AES-128-CBC" -> 16;
                    case "AES-192-CBC", "DES-EDE3-CBC" -> 24;
                    case "AES-256-CBC" -> 32;
                    default -> throw new IOException("the key is encrypted with " + name);
                };
        boolean aes = name.startsWith("AES");
        byte[] key =
                stretched(
                        password.getBytes(StandardCharsets.UTF_8),
                        Arrays.copyOf(vector, SALT_BYTES),
                        keyBytes);
        Cipher cipher =
                Cipher.getInstance(aes ? "AES/CBC/PKCS5Padding" : "DESede/CBC/PKCS5Padding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(key, aes ? "AES" : "DESede"),
                new IvParameterSpec(vector));
        return cipher.doFinal(block.octets());
    }

    private static byte[] stretched(byte[] password, byte[] salt, int wanted)
            throws GeneralSecurityException {
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        byte[] last = {};
        while (key.size() < wanted) {
            md5.update(last);
            md5.update(password);
            last = md5.digest(salt);
            key.writeBytes(last);
        }
        return Arrays.copyOf(key.toByteArray(), wanted);
    }

    /// An old key within PKCS #8 (RFC 5208, section 5).
    private static byte[] wrapped(String label, byte[] old) {
        byte[] algorithm = label.equals(RSA_LABEL) ? RSA : joined(EC, curve(old));
        byte[] version = {2, 1, 0};
        return tagged(0x30, joined(joined(version, tagged(0x30, algorithm)), tagged(4, old)));
    }

    /// The curve that an old key names itself: what stands in its element `[0]` (RFC 5915).
    private static byte[] curve(byte[] key) {
        int at = content(key, 0);
        while ((key[at] & 0xff) != 0xa0) {
            at = content(key, at) + length(key, at);
        }
        int from = content(key, at);
        return Arrays.copyOfRange(key, from, from + length(key, at));
    }

    /// Where the content of the element at `at` begins.
    private static int content(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < Math.min(3, first & 0x7f); i++) {
            length = length << 8 | (der[at + 2 + i] & 0xff);
        }
        return length;
    }

    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static PrivateKey key(byte[] pkcs8) throws IOException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException _) {
                // Of another kind, perhaps.
            }
        }
        throw new IOException("the private key cannot be read");
    }
}
