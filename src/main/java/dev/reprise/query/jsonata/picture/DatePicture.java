package dev.reprise.query.jsonata.picture;

import dev.reprise.query.jsonata.base.JsonataException;
import dev.reprise.query.jsonata.base.Meter;
import dev.reprise.query.jsonata.regex.CharacterSet;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A picture of a time: text, and markers such as {@code [Y0001]} for its parts.
 *
 * @see <a href="https://www.w3.org/TR/xpath-functions-31/#rules-for-datetime-formatting">XPath, formatting dates and
 *     times</a>
 */
public record DatePicture(List<Part> parts) {

    static final List<String> DAYS =
            List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
    static final List<String> MONTHS = List.of(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December");

    /** How a component is written when the marker does not say. */
    private static final Map<Character, String> USUAL = Map.ofEntries(
            Map.entry('Y', "1"),
            Map.entry('M', "1"),
            Map.entry('D', "1"),
            Map.entry('d', "1"),
            Map.entry('F', "n"),
            Map.entry('W', "1"),
            Map.entry('w', "1"),
            Map.entry('X', "1"),
            Map.entry('x', "1"),
            Map.entry('H', "1"),
            Map.entry('h', "1"),
            Map.entry('P', "n"),
            Map.entry('m', "01"),
            Map.entry('s', "01"),
            Map.entry('f', "1"),
            Map.entry('Z', "01:01"),
            Map.entry('z', "01:01"),
            Map.entry('C', "n"),
            Map.entry('E', "n"));

    /** Text or a marker. */
    sealed interface Part {

        /** Stands for itself. */
        record Text(String text) implements Part {}

        /**
         * A marker.
         *
         * @param component which part of the time
         * @param names the case of its name; null when it is written as a number
         * @param longest how long the name may be
         * @param number how the number is written; null when it is a name
         * @param digits how many digits of it are written; 0 for all
         * @param zulu whether {@code Z} stands for an offset of zero
         */
        record Marker(
                char component,
                IntegerPicture.@Nullable Case names,
                int longest,
                @Nullable IntegerPicture number,
                int digits,
                boolean zulu)
                implements Part {}
    }

    /**
     * Reads a picture.
     *
     * @throws JsonataException {@code D3132}, {@code D3135} or {@code D3131} when it is no picture
     */
    public static DatePicture of(String picture, Meter meter) {
        meter.makeText(8.0 * picture.length());
        meter.burn(10L * picture.length());
        List<Part> parts = new ArrayList<>();
        int start = 0;
        int at = 0;
        while (at < picture.length()) {
            if (picture.charAt(at) != '[') {
                at++;
                continue;
            }
            addText(parts, picture.substring(start, at));
            if (picture.startsWith("[[", at)) {
                parts.add(new Part.Text("["));
                at += 2;
            } else {
                int end = picture.indexOf(']', at);
                if (end < 0) {
                    throw JsonataException.of("D3135");
                }
                parts.add(marker(blankless(picture.substring(at + 1, end)), meter));
                at = end + 1;
            }
            start = at;
        }
        addText(parts, picture.substring(start));
        return new DatePicture(parts);
    }

    private static void addText(List<Part> parts, String text) {
        if (!text.isEmpty()) {
            parts.add(new Part.Text(text.replace("]]", "]")));
        }
    }

    private static String blankless(String text) {
        StringBuilder kept = new StringBuilder();
        text.chars().filter(c -> !CharacterSet.BLANK.contains(c)).forEach(c -> kept.append((char) c));
        return kept.toString();
    }

    private static Part marker(String marker, Meter meter) {
        char component = marker.isEmpty() ? ' ' : marker.charAt(0);
        int comma = marker.lastIndexOf(',');
        String form = marker.isEmpty() ? "" : marker.substring(1, comma < 1 ? marker.length() : comma);
        String width = comma < 1 ? "" : marker.substring(comma + 1);
        int dash = width.indexOf('-');
        int least = width(dash < 0 ? width : width.substring(0, dash));
        int most = dash < 0 ? 0 : width(width.substring(dash + 1));
        String modifier = "";
        if (form.isEmpty()) {
            String usual = USUAL.get(component);
            if (usual == null) {
                throw JsonataException.of("D3132").text(marker.isEmpty() ? "" : String.valueOf(component));
            }
            form = usual;
        } else if (form.length() > 1 && "atco".indexOf(form.charAt(form.length() - 1)) >= 0) {
            modifier = form.substring(form.length() - 1);
            form = form.substring(0, form.length() - 1);
        }
        if (form.startsWith("n") || form.startsWith("N")) {
            IntegerPicture.Case names = form.startsWith("n")
                    ? IntegerPicture.Case.LOWER
                    : form.startsWith("Nn") ? IntegerPicture.Case.TITLE : IntegerPicture.Case.UPPER;
            return new Part.Marker(component, names, most == 0 ? Integer.MAX_VALUE : most, null, 0, false);
        }
        if ("YMDdFWwXxHhmsfZz".indexOf(component) < 0) {
            if (USUAL.get(component) == null && "PCE".indexOf(component) < 0) {
                throw JsonataException.of("D3132").text(String.valueOf(component));
            }
            return new Part.Marker(component, IntegerPicture.Case.TITLE, Integer.MAX_VALUE, null, 0, false);
        }
        boolean zone = component == 'Z' || component == 'z';
        IntegerPicture number = IntegerPicture.of(modifier.isEmpty() || zone ? form : form + ";" + modifier, meter);
        if (!zone && least > number.mandatory()) {
            number = number.withMandatory(least);
        }
        int digits = 0;
        if ("YMD".indexOf(component) >= 0) {
            if (most > 0) {
                digits = most;
                number = number.withMandatory(most);
            } else if (number.mandatory() + number.optional() >= 2) {
                digits = number.mandatory() + number.optional();
            }
        }
        return new Part.Marker(component, null, 0, number, digits, zone && modifier.equals("t"));
    }

    private static int width(String text) {
        return text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
    }

    /** The time {@code millis} after 1970, in a zone such as {@code +0130}. */
    public String format(double millis, String zone, Meter meter) {
        int offset = offset(zone);
        int hours = offset / 100;
        int minutes = offset % 100;
        LocalDateTime time = DateParts.time(millis + (60.0 * hours + minutes) * 60_000);
        StringBuilder out = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Part.Text(String text) -> out.append(text);
                case Part.Marker marker -> out.append(format(marker, time, hours, minutes, meter));
            }
            meter.burn(2);
        }
        return out.toString();
    }

    private static int offset(String zone) {
        int end = 0;
        while (end < zone.length()
                && end < 5
                && (CharacterSet.DIGIT.contains(zone.charAt(end)) || (end == 0 && "+-".indexOf(zone.charAt(0)) >= 0))) {
            end++;
        }
        String digits = zone.substring(0, end);
        return digits.isEmpty() || digits.equals("+") || digits.equals("-") ? 0 : Integer.parseInt(digits);
    }

    private static String format(Part.Marker marker, LocalDateTime time, int hours, int minutes, Meter meter) {
        IntegerPicture number = marker.number();
        return switch (marker.component()) {
            case 'C', 'E' -> "ISO";
            case 'P' -> {
                String half = time.getHour() >= 12 ? "pm" : "am";
                yield marker.names() == IntegerPicture.Case.UPPER ? half.toUpperCase(Locale.ROOT) : half;
            }
            case 'Z', 'z' -> {
                if (number == null) {
                    throw JsonataException.of("D3133").text(String.valueOf(marker.component()));
                }
                yield zone(marker, number, hours, minutes, meter);
            }
            default -> {
                int value = DateParts.of(time, marker.component());
                if (number == null) {
                    yield name(marker, value);
                }
                if (marker.component() == 'Y' && marker.digits() > 0 && marker.digits() < 9) {
                    value %= (int) Math.pow(10, marker.digits());
                }
                yield number.format(value, meter);
            }
        };
    }

    private static String name(Part.Marker marker, int value) {
        String name = switch (marker.component()) {
            case 'M', 'x' -> MONTHS.get(value - 1);
            case 'F' -> DAYS.get(value - 1);
            default -> throw JsonataException.of("D3133").text(String.valueOf(marker.component()));
        };
        String cased = marker.names() == IntegerPicture.Case.UPPER
                ? name.toUpperCase(Locale.ROOT)
                : marker.names() == IntegerPicture.Case.LOWER ? name.toLowerCase(Locale.ROOT) : name;
        return cased.substring(0, Math.min(cased.length(), marker.longest()));
    }

    private static String zone(Part.Marker marker, IntegerPicture number, int hours, int minutes, Meter meter) {
        int offset = hours * 100 + minutes;
        if (offset == 0 && marker.zulu()) {
            return "Z";
        }
        String written;
        if (number.every() > 0) {
            written = number.format(Math.abs(offset), meter);
        } else if (number.mandatory() == 1 || number.mandatory() == 2) {
            written = number.format(Math.abs(hours), meter);
            if (minutes != 0) {
                written += ":" + (Math.abs(minutes) < 10 ? "0" : "") + Math.abs(minutes);
            }
        } else if (number.mandatory() == 3 || number.mandatory() == 4) {
            written = number.format(Math.abs(offset), meter);
        } else {
            throw JsonataException.of("D3134");
        }
        return (marker.component() == 'z' ? "GMT" : "") + (offset >= 0 ? "+" : "-") + written;
    }

    /**
     * The time that {@code text} tells.
     *
     * @param now fills in what is more significant than what the text tells
     * @return null when it is not of this form, or tells no part of a time
     */
    public @Nullable Double parse(String text, long now, Meter meter) {
        return DateText.of(parts, text, meter).millis(DateParts.time((double) now));
    }
}
