package dev.reprise.function.task;

import dev.reprise.task.Task;
import dev.reprise.task.TaskDeclaration;
import dev.reprise.task.TaskMethod;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.enterprise.inject.build.compatible.spi.InvokerFactory;
import jakarta.enterprise.inject.build.compatible.spi.InvokerInfo;
import jakarta.enterprise.inject.build.compatible.spi.Messages;
import jakarta.enterprise.inject.build.compatible.spi.Registration;
import jakarta.enterprise.inject.build.compatible.spi.Synthesis;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;
import jakarta.enterprise.lang.model.AnnotationInfo;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the methods annotated with {@link Task} while the application is built, and makes a {@link TaskMethod} bean of
 * each. So calling one needs no reflection, and a mistake in one fails the build.
 */
public final class TaskMethodExtension implements BuildCompatibleExtension {

    private record Found(String name, MethodInfo method, InvokerInfo invoker, TaskSignature signature) {}

    private final Map<String, Found> found = new TreeMap<>();

    /**
     * A class of tasks is a bean even if it says nothing. One within a method is none, by the rules of CDI: so a test
     * may have tasks of its own beside those of the application.
     */
    @Enhancement(types = Object.class, withSubtypes = true, withAnnotations = Task.class)
    public void giveScope(ClassConfig type) {
        boolean hasTasks = type.info().methods().stream().anyMatch(method -> method.hasAnnotation(Task.class));
        boolean hasScope = type.info().hasAnnotation(TaskMethodExtension::isScope);
        if (hasTasks && !hasScope && !isWithinAMethod(type.info())) {
            type.addAnnotation(Singleton.class);
        }
    }

    /** The compiler gives such a class a number. */
    private static boolean isWithinAMethod(ClassInfo type) {
        int nested = type.name().lastIndexOf('$');
        return nested >= 0
                && nested + 1 < type.name().length()
                && Character.isDigit(type.name().charAt(nested + 1));
    }

    private static boolean isScope(AnnotationInfo annotation) {
        ClassInfo type = annotation.declaration();
        return type.name().equals(Singleton.class.getName())
                || type.hasAnnotation(jakarta.enterprise.context.NormalScope.class)
                || type.hasAnnotation(jakarta.inject.Scope.class)
                || type.hasAnnotation(jakarta.enterprise.inject.Stereotype.class);
    }

    /** Notes the tasks of one bean. */
    @Registration(types = Object.class)
    public void findTasks(BeanInfo bean, InvokerFactory invokers, Messages messages) {
        if (!bean.isClassBean()) {
            return;
        }
        for (MethodInfo method : bean.declaringClass().methods()) {
            if (method.hasAnnotation(Task.class)) {
                register(bean, method, invokers, messages);
            }
        }
    }

    private void register(BeanInfo bean, MethodInfo method, InvokerFactory invokers, Messages messages) {
        String name = method.annotation(Task.class).value().asString();
        Found other = found.get(name);
        List<String> problems = new ArrayList<>();
        if (other != null) {
            problems.add("its name '" + name + "' is already that of " + describe(other.method()));
        }
        TaskSignature signature = TaskSignature.of(method, problems);
        if (!problems.isEmpty()) {
            problems.forEach(problem -> messages.error("@Task " + describe(method) + ": " + problem, method));
            return;
        }
        found.put(
                name,
                new Found(
                        name,
                        method,
                        invokers.createInvoker(bean, method)
                                .withInstanceLookup()
                                .build(),
                        signature));
    }

    static String describe(MethodInfo method) {
        return method.declaringClass().name() + "." + method.name();
    }

    /** Makes a bean for each task. */
    @Synthesis
    public void addBeans(SyntheticComponents components) {
        for (Found task : found.values()) {
            TypeShape input = task.signature().input();
            TaskDeclaration declaration = task.signature().declaration();
            components
                    .addBean(TaskMethod.class)
                    .type(TaskMethod.class)
                    .scope(Singleton.class)
                    // Synthetic beans that differ in nothing but their parameters would count as one.
                    .qualifier(Identifier.Literal.of(task.name()))
                    .withParam("name", task.name())
                    .withParam("method", describe(task.method()))
                    .withParam("invoker", task.invoker())
                    .withParam("parameters", task.method().parameters().size())
                    .withParam("inputAt", declaration.inputAt())
                    .withParam("inputClasses", input.classes().toArray(ClassInfo[]::new))
                    .withParam("inputShape", input.codes())
                    .withParam("contextAt", declaration.contextAt())
                    .withParam("returnsUni", declaration.returnsUni())
                    .withParam("blocking", declaration.blocking())
                    .createWith(TaskMethodCreator.class);
        }
    }
}
