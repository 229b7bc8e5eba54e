package dev.reprise.task.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * JSON as {@code application/x-www-form-urlencoded}: members of inner objects as {@code a[b]}, arrays as the format
 * says.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html#url-encode-request-body">AWS,
 *     Applying URL-encoding on request body</a>
 */
enum FormEncoding {
    /** {@code a[0]=x&a[1]=y}. */
    INDICES,
    /** {@code a=x&a=y}. */
    REPEAT,
    /** {@code a=x,y}. */
    COMMAS,
    /** {@code a[]=x&a[]=y}. */
    BRACKETS;

    String encode(JsonNode object) {
        List<String> pairs = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            add(member.getKey(), member.getValue(), pairs);
        }
        return String.join("&", pairs);
    }

    private void add(String name, JsonNode value, List<String> pairs) {
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                add(name + "[" + member.getKey() + "]", member.getValue(), pairs);
            }
        } else if (value.isArray()) {
            addElements(name, value, pairs);
        } else {
            pairs.add(encoded(name) + "=" + encoded(value.isNull() ? "" : value.asText()));
        }
    }

    private void addElements(String name, JsonNode array, List<String> pairs) {
        switch (this) {
            case INDICES -> {
                for (int i = 0; i < array.size(); i++) {
                    add(name + "[" + i + "]", array.get(i), pairs);
                }
            }
            case REPEAT -> array.forEach(element -> add(name, element, pairs));
            case BRACKETS -> array.forEach(element -> add(name + "[]", element, pairs));
            case COMMAS -> {
                List<String> elements = new ArrayList<>();
                array.forEach(element ->
                        elements.add(encoded(element.isValueNode() ? element.asText() : element.toString())));
                pairs.add(encoded(name) + "=" + String.join(",", elements));
            }
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
