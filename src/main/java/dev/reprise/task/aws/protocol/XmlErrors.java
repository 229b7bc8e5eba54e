package dev.reprise.task.aws.protocol;

import org.jspecify.annotations.Nullable;

/** Refusals in XML: with or without an envelope, one or the first of several. */
final class XmlErrors {

    private XmlErrors() {}

    static WireError read(WireAnswer answer) {
        XmlElement root;
        try {
            root = XmlElement.read(answer.body());
        } catch (UnreadableAnswerException e) {
            // Whatever stands between us and the service answers as it likes; the status says enough.
            return new WireError(null, null, null, null);
        }
        XmlElement error = root.find("Error");
        XmlElement id = root.find("RequestId");
        return new WireError(
                error == null ? null : text(error, "Code"),
                error == null ? null : text(error, "Message"),
                null,
                id == null ? text(root, "RequestID") : id.text().strip());
    }

    private static @Nullable String text(XmlElement element, String name) {
        XmlElement child = element.child(name);
        return child == null ? null : child.text().strip();
    }
}
