package dev.gavel.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A certificate made here for 127.0.0.1, and the few roots that everybody is to trust: the one it was made
/// with, and those of AWS.
///
/// @param context what a server shows
/// @param store the roots for Java, without a password
/// @param pem the same roots for everybody else
public record FewRoots(SSLContext context, Path store, Path pem) {

    private static final char[] PASSWORD = "not-a-secret".toCharArray();

    /// @throws IOException when no certificate can be made in this folder
    public static FewRoots in(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path keys = folder.resolve("keys.p12");
        Files.deleteIfExists(keys);
        keytool(keys, "root", "CN=Gavel tests", "-ext", "bc:critical=ca:true");
        keytool(keys, "server", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1,dns:localhost", "-signer", "root");
        try {
            KeyStore made = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(keys)) {
                made.load(in, PASSWORD);
            }
            KeyStore few = roots(made.getCertificate("root"));
            Path store = folder.resolve("roots.p12");
            try (OutputStream out = Files.newOutputStream(store)) {
                few.store(out, null);
            }
            return new FewRoots(context(made), store, Files.write(folder.resolve("roots.pem"), pem(few)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no certificate could be made", e);
        }
    }

    /// As the JDK's own store of roots, it has no password: whoever can change it can change everything.
    private static KeyStore roots(Certificate own) throws GeneralSecurityException, IOException {
        System.setProperty("keystore.pkcs12.certProtectionAlgorithm", "NONE");
        System.setProperty("keystore.pkcs12.macAlgorithm", "NONE");
        KeyStore all = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of(System.getProperty("java.home"), "lib/security/cacerts"))) {
            all.load(in, null);
        }
        KeyStore few = KeyStore.getInstance("PKCS12");
        few.load(null, null);
        few.setCertificateEntry("own", own);
        for (String alias : Collections.list(all.aliases())) {
            if (alias.contains("amazonroot") || alias.contains("starfield")) {
                few.setCertificateEntry(alias, all.getCertificate(alias));
            }
        }
        return few;
    }

    private static SSLContext context(KeyStore made) throws GeneralSecurityException, IOException {
        KeyStore server = KeyStore.getInstance("PKCS12");
        server.load(null, null);
        server.setKeyEntry("server", made.getKey("server", PASSWORD), PASSWORD, made.getCertificateChain("server"));
        KeyManagerFactory shown = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        shown.init(server, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(shown.getKeyManagers(), null, null);
        return context;
    }

    private static List<String> pem(KeyStore roots) throws GeneralSecurityException {
        StringBuilder text = new StringBuilder();
        for (String alias : Collections.list(roots.aliases())) {
            text.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(roots.getCertificate(alias).getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return List.of(text.toString());
    }

    private static void keytool(Path keys, String alias, String name, String... more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                name,
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                new String(PASSWORD)));
        command.addAll(List.of(more));
        Path log = keys.resolveSibling("keytool.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(180, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("no certificate could be made: see " + log);
        }
    }
}
