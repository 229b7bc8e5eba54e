package dev.reprise.asl.parser;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.reprise.asl.SourcePosition;
import java.io.IOException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * What YAML has beyond JSON. Plain scalars mean what Jackson's YAML makes of them, for CloudFormation reads definitions
 * with it: {@code yes} is true, {@code ~} is null, a date is a text.
 *
 * @see <a href="https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-stepfunctions">AWS, the
 *     resource handler of AWS::StepFunctions::StateMachine, DefinitionProcessor</a>
 */
final class YamlText {

    private static final YAMLFactory FACTORY = YAMLFactory.builder()
            .loaderOptions(withoutLimit())
            .streamReadConstraints(JsonText.CONSTRAINTS)
            .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
            .build();

    private YamlText() {}

    /** A definition may be as long as it likes; the parser works event by event and expands nothing. */
    private static LoaderOptions withoutLimit() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        return options;
    }

    static JsonParser parser(String text) throws IOException {
        return FACTORY.createParser(text);
    }

    /** Reports what would silently become a text: an alias, and the short form of a template's function. */
    static void check(YAMLParser parser, Place place, Problems problems) throws IOException {
        if (parser.isCurrentAlias()) {
            problems.error(
                    Problems.SCHEMA,
                    place,
                    "the alias *" + parser.getText() + " is not followed",
                    "write the value out: CloudFormation would take the alias for a text");
        }
        String tag = parser.getTypeId();
        if (tag != null && !tag.startsWith("tag:")) {
            problems.warning(
                    "IGNORED_TAG",
                    place,
                    "the tag !" + tag + " means nothing here: the value is taken as it stands",
                    "short forms such as !Ref belong into a template; write ${NAME}, and give it a value");
        }
    }

    /** Where the mistake is; Jackson tells where it had read to. */
    static SourcePosition position(MarkedYAMLException e) {
        Mark mark = e.getProblemMark();
        return mark == null ? SourcePosition.START : new SourcePosition(mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** On one line. */
    static String message(MarkedYAMLException e) {
        String context = e.getContext();
        return context == null ? e.getProblem() : e.getProblem() + ", " + context;
    }
}
