package dev.reprise.function.task;

import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.reprise.task.TaskMethod;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;
import jakarta.enterprise.invoke.Invoker;

/** Makes, when the application starts, what {@link TaskMethodExtension} found when it was built. */
public final class TaskMethodCreator implements SyntheticBeanCreator<TaskMethod> {

    @Override
    public TaskMethod create(Instance<Object> lookup, Parameters found) {
        @SuppressWarnings("unchecked") // the invoker takes any bean and gives any result
        Invoker<Object, Object> invoker = found.get("invoker", Invoker.class);
        return new TaskMethod(
                found.get("name", String.class),
                found.get("method", String.class),
                arguments -> invoker.invoke(null, arguments),
                found.get("parameters", Integer.class),
                found.get("inputAt", Integer.class),
                TypeShape.read(
                        found.get("inputClasses", Class[].class),
                        found.get("inputShape", int[].class),
                        TypeFactory.defaultInstance()),
                found.get("contextAt", Integer.class),
                found.get("returnsUni", Boolean.class),
                found.get("blocking", Boolean.class));
    }
}
