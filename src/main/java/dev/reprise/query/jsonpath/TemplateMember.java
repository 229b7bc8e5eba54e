package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.reprise.query.Environment;
import dev.reprise.query.Expression;

/** What a member of a payload template selects. An element that its array does not have is null there, as on AWS. */
record TemplateMember(SelectedValue selected) implements Expression {

    @Override
    public JsonNode evaluate(Environment environment) {
        JsonNode value = selected.path().select(environment);
        if (value != null) {
            return value;
        }
        return selected.path().leavesArray(environment) ? NullNode.getInstance() : selected.evaluate(environment);
    }
}
