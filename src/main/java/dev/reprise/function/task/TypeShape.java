package dev.reprise.function.task;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.types.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A type, generic or not, in a form that generated code can hold: the classes that occur in it, and how they stand to
 * each other. The shape is the type in prefix order: a class' place in the list and the number of its arguments, or -1
 * for an array and what it is of, or below that a primitive. {@code Map<String, Order[]>} is {@code [0,2, 1,0, -1,
 * 2,0]} over {@code [Map, String, Order]}.
 */
record TypeShape(List<ClassInfo> classes, List<Integer> shape) {

    /** No type. */
    static final TypeShape NONE = new TypeShape(List.of(), List.of());

    private static final int ARRAY = -1;
    private static final int FIRST_PRIMITIVE = -2;
    private static final List<Class<?>> PRIMITIVES = List.of(
            boolean.class, byte.class, short.class, int.class, long.class, float.class, double.class, char.class);

    TypeShape {
        classes = List.copyOf(classes);
        shape = List.copyOf(shape);
    }

    /** @throws IllegalArgumentException when the type is not fully known */
    static TypeShape of(Type type) {
        List<ClassInfo> classes = new ArrayList<>();
        List<Integer> shape = new ArrayList<>();
        write(type, classes, shape);
        return new TypeShape(classes, shape);
    }

    private static void write(Type type, List<ClassInfo> classes, List<Integer> shape) {
        switch (type.kind()) {
            case CLASS -> writeClass(type.asClass().declaration(), 0, classes, shape);
            case PARAMETERIZED_TYPE -> {
                List<Type> arguments = type.asParameterizedType().typeArguments();
                writeClass(type.asParameterizedType().declaration(), arguments.size(), classes, shape);
                arguments.forEach(argument -> write(argument, classes, shape));
            }
            case ARRAY -> {
                shape.add(ARRAY);
                write(type.asArray().componentType(), classes, shape);
            }
            case PRIMITIVE ->
                shape.add(FIRST_PRIMITIVE - primitive(type.asPrimitive().name()));
            case WILDCARD_TYPE -> write(type.asWildcardType().upperBound(), classes, shape);
            case VOID, TYPE_VARIABLE ->
                throw new IllegalArgumentException("its input's type '" + type + "' is not fully known");
        }
    }

    private static void writeClass(ClassInfo type, int arguments, List<ClassInfo> classes, List<Integer> shape) {
        shape.add(classes.size());
        shape.add(arguments);
        classes.add(type);
    }

    private static int primitive(String name) {
        for (int i = 0; i < PRIMITIVES.size(); i++) {
            if (PRIMITIVES.get(i).getName().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("unknown primitive type '" + name + "'");
    }

    /** The shape as generated code holds it. */
    int[] codes() {
        return shape.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * The type that Jackson knows.
     *
     * @return null when there is none
     */
    static @Nullable JavaType read(Class<?>[] classes, int[] codes, TypeFactory types) {
        return codes.length == 0 ? null : new Reader(classes, codes, types).read();
    }

    private static final class Reader {
        private final Class<?>[] classes;
        private final int[] codes;
        private final TypeFactory types;
        private int next;

        Reader(Class<?>[] classes, int[] codes, TypeFactory types) {
            this.classes = classes;
            this.codes = codes;
            this.types = types;
        }

        JavaType read() {
            int code = codes[next++];
            if (code == ARRAY) {
                return types.constructArrayType(read());
            }
            if (code <= FIRST_PRIMITIVE) {
                return types.constructType(PRIMITIVES.get(FIRST_PRIMITIVE - code));
            }
            JavaType[] arguments = new JavaType[codes[next++]];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = read();
            }
            Class<?> raw = classes[code];
            return arguments.length == 0 ? types.constructType(raw) : types.constructParametricType(raw, arguments);
        }
    }
}
