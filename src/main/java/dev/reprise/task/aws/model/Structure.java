package dev.reprise.task.aws.model;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object whose members are known. Immutable. */
public final class Structure implements Shape {

    /** What is asked for by nothing, or answered with nothing. */
    public static final Structure EMPTY = new Structure(List.of());

    private final Map<String, Member> members;

    /** Members whose names in {@code aws-sdk} tasks are others, by those. */
    private final Map<String, Member> bySdkName;

    Structure(List<Member> members) {
        Map<String, Member> byName = new LinkedHashMap<>();
        members.forEach(member -> byName.put(member.name(), member));
        this.members = Collections.unmodifiableMap(byName);
        Map<String, Member> others = new HashMap<>();
        for (Member member : members) {
            String sdkName = member.sdkName();
            if (!byName.containsKey(sdkName)) {
                others.put(sdkName, member);
            }
        }
        this.bySdkName = Map.copyOf(others);
    }

    /** In the order of the model. */
    public Collection<Member> members() {
        return members.values();
    }

    /** The member of that name in a workflow, such as {@code TableName}; null when there is none. */
    public @Nullable Member member(String name) {
        return members.get(name);
    }

    /** The member that an {@code aws-sdk} task calls so: by its own name, or by the SDK's; null when there is none. */
    public @Nullable Member sdkMember(String name) {
        Member member = members.get(name);
        return member == null ? bySdkName.get(name) : member;
    }

    /** The member that is the whole body; null when the body holds all members that stand nowhere else. */
    public @Nullable Member payload() {
        for (Member member : members.values()) {
            if (member.isPayload()) {
                return member;
            }
        }
        return null;
    }

    /**
     * Whether it is a value of DynamoDB, which may be written as a mere text: {@code "a"} for {@code {"S": "a"}}.
     */
    public boolean isAttributeValue() {
        return members.containsKey("S") && members.containsKey("BOOL") && members.containsKey("NULL");
    }
}
