package dev.reprise.query.jsonata.picture;

import dev.reprise.query.jsonata.base.JsonataException;
import dev.reprise.query.jsonata.base.Meter;
import dev.reprise.query.jsonata.base.SyntaxException;
import dev.reprise.query.jsonata.regex.CharacterSet;
import dev.reprise.query.jsonata.regex.RegexMatcher;
import dev.reprise.query.jsonata.regex.RegexProgram;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a text tells of a time: the parts that a picture finds in it. */
record DateText(Map<Character, Double> found) {

    static DateText of(List<DatePicture.Part> parts, String text, Meter meter) {
        StringBuilder regex = new StringBuilder("^");
        for (DatePicture.Part part : parts) {
            regex.append('(').append(regex(part)).append(')');
        }
        RegexProgram pattern;
        try {
            meter.burn(100 + 25L * regex.length());
            pattern = RegexProgram.compile(regex.append('$').toString(), true, false);
        } catch (SyntaxException e) {
            throw JsonataException.of("D3136");
        }
        Map<Character, Double> found = new HashMap<>();
        RegexMatcher matcher = new RegexMatcher(pattern, text, meter);
        if (matcher.find(0)) {
            for (int i = 0; i < parts.size(); i++) {
                String group = matcher.group(i + 1);
                if (parts.get(i) instanceof DatePicture.Part.Marker marker && group != null) {
                    double value = value(marker, group);
                    if (!Double.isNaN(value)) {
                        found.put(marker.component(), value);
                    }
                }
            }
        }
        return new DateText(found);
    }

    private static String regex(DatePicture.Part part) {
        return switch (part) {
            case DatePicture.Part.Text(String text) -> quoted(text);
            case DatePicture.Part.Marker marker -> {
                IntegerPicture number = marker.number();
                if (number == null) {
                    if ("MxFP".indexOf(marker.component()) < 0) {
                        throw JsonataException.of("D3133").text(String.valueOf(marker.component()));
                    }
                    yield "[a-zA-Z]+";
                }
                yield switch (marker.component()) {
                    case 'Z', 'z' ->
                        (marker.component() == 'z' ? "GMT" : "")
                                + (marker.zulu() ? "(?:Z|" : "(?:")
                                + "[-+][0-9]+"
                                + (number.every() > 0
                                        ? quoted(number.separators().get(0).character()) + "[0-9]+"
                                        : "")
                                + ")";
                    default -> number.regex(marker.digits());
                };
            }
        };
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted.append(".*+?^${}()|[]\\/".indexOf(c) >= 0 ? "\\" : "").append(c);
        }
        return quoted.toString();
    }

    private static double value(DatePicture.Part.Marker marker, String text) {
        IntegerPicture number = marker.number();
        if (number == null) {
            return switch (marker.component()) {
                case 'P' -> text.equalsIgnoreCase("pm") ? 1 : text.equalsIgnoreCase("am") ? 0 : Double.NaN;
                case 'F' -> index(DatePicture.DAYS, text, marker.longest());
                default -> index(DatePicture.MONTHS, text, marker.longest());
            };
        }
        return switch (marker.component()) {
            case 'Z', 'z' -> zone(marker.component() == 'z' ? text.substring(3) : text);
            default -> number.parse(text);
        };
    }

    private static double index(List<String> names, String text, int longest) {
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.substring(0, Math.min(longest, name.length())).equalsIgnoreCase(text)) {
                return i + 1.0;
            }
        }
        return Double.NaN;
    }

    /** Minutes east of UTC. */
    private static double zone(String text) {
        if (text.equalsIgnoreCase("Z")) {
            return 0;
        }
        int sign = text.charAt(0) == '-' ? -1 : 1;
        String digits = text.substring(1);
        int separator = 0;
        while (separator < digits.length() && CharacterSet.DIGIT.contains(digits.charAt(separator))) {
            separator++;
        }
        String hours = digits.substring(0, separator < digits.length() ? separator : Math.min(2, digits.length()));
        String minutes =
                separator < digits.length() ? digits.substring(separator + 1) : digits.substring(hours.length());
        return sign * (60 * Double.parseDouble(hours) + (minutes.isEmpty() ? 0 : Double.parseDouble(minutes)));
    }

    private boolean has(String components) {
        return components.chars().anyMatch(c -> found.containsKey((char) c));
    }

    private double get(char component) {
        return found.getOrDefault(component, 0.0);
    }

    /** The time; null when nothing was found. */
    @Nullable
    Double millis(LocalDateTime now) {
        if (found.isEmpty()) {
            return null;
        }
        String date = has("d") && !has("MD") ? "Yd" : has("xw") ? "XxwF" : has("XW") ? "XWF" : "YMD";
        String time = has("hP") && !has("H") ? "Phmsf" : "Hmsf";
        Map<Character, Double> all = new HashMap<>(found);
        boolean started = false;
        boolean ended = false;
        for (char component : (date + time).toCharArray()) {
            if (found.containsKey(component)) {
                if (ended) {
                    throw JsonataException.of("D3136");
                }
                started = true;
            } else {
                // What is less significant is the first there is, what is more significant is as it is now.
                all.put(
                        component,
                        !started ? DateParts.of(now, component) : "MDdFwW".indexOf(component) >= 0 ? 1.0 : 0.0);
                ended = started;
            }
        }
        return new DateText(all).millis(date, time.startsWith("P"));
    }

    private double millis(String form, boolean halves) {
        double hour = halves ? (get('h') == 12 ? 0 : get('h')) + 12 * get('P') : get('H');
        try {
            double day = day(form).toEpochDay();
            double minutes = (day * 24 + hour) * 60 + get('m') - get('Z') - get('z');
            return (minutes * 60 + get('s')) * 1_000 + get('f');
        } catch (DateTimeException e) {
            throw JsonataException.of("D3136");
        }
    }

    private LocalDate day(String form) {
        return switch (form) {
            case "Yd" -> LocalDate.of((int) get('Y'), 1, 1).plusDays((long) get('d') - 1);
            case "XWF" ->
                DateParts.firstWeek(LocalDate.of((int) get('X'), 1, 1))
                        .plusDays(7 * ((long) get('W') - 1) + (long) get('F') - 1);
            case "XxwF" ->
                DateParts.firstWeek(LocalDate.of((int) get('X'), (int) get('x'), 1))
                        .plusDays(7 * ((long) get('w') - 1) + (long) get('F') - 1);
            default ->
                LocalDate.of((int) get('Y'), 1, 1)
                        .plusMonths(Math.max(0, (long) get('M') - 1))
                        .plusDays((long) get('D') - 1);
        };
    }
}
