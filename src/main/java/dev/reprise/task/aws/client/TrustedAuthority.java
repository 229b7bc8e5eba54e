package dev.reprise.task.aws.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Who has to have signed a server's certificate, where that is nobody whom everybody trusts.
 *
 * @param certificates in PEM, one or several, in base64 once more, as EKS tells them of a cluster
 */
public record TrustedAuthority(String certificates) {

    /** @throws IllegalArgumentException when there is no certificate in it */
    public TrustedAuthority {
        read(certificates);
    }

    private static Collection<? extends Certificate> read(String certificates) {
        try {
            Collection<? extends Certificate> all = CertificateFactory.getInstance("X.509")
                    .generateCertificates(
                            new ByteArrayInputStream(Base64.getMimeDecoder().decode(certificates)));
            if (all.isEmpty()) {
                throw new IllegalArgumentException("There is no certificate in it");
            }
            return all;
        } catch (CertificateException e) {
            throw new IllegalArgumentException("What is in it is no certificate in PEM", e);
        }
    }

    /** What makes connections to servers whose certificates it has signed. */
    SSLContext context() {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate certificate : read(certificates)) {
                trusted.setCertificateEntry("authority-" + trusted.size(), certificate);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This Java cannot trust a certificate authority", e);
        }
    }
}
