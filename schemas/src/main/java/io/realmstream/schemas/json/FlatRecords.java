package io.realmstream.schemas.json;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes records with groups, marked {@link JsonUnwrapped}, as if they had no groups: the fields of
 * all in one order. Jackson itself sorts the fields of each group apart.
 */
final class FlatRecords extends BeanSerializerModifier {
  private static final long serialVersionUID = 1L;

  @Override
  public JsonSerializer<?> modifySerializer(
      SerializationConfig config, BeanDescription description, JsonSerializer<?> serializer) {
    Class<?> type = description.getBeanClass();
    return type.isRecord() && Arrays.stream(type.getRecordComponents()).anyMatch(FlatRecords::group)
        ? new FlatRecord(type)
        : serializer;
  }

  /** A group's annotation is on the record's accessor as well. */
  private static boolean group(RecordComponent component) {
    return component.getAccessor().isAnnotationPresent(JsonUnwrapped.class);
  }

  /** A field of a record, and the accessors that lead to it. */
  private record Field(String name, List<Method> path) {
    @Nullable Object of(Object record) throws ReflectiveOperationException {
      @Nullable Object value = record;
      for (Method accessor : path) {
        value = accessor.invoke(value);
      }
      return value;
    }
  }

  private static final class FlatRecord extends StdSerializer<Object> {
    private static final long serialVersionUID = 1L;

    private final transient List<Field> fields = new ArrayList<>();

    FlatRecord(Class<?> type) {
      super(type, false);
      collect(type, List.of());
      fields.sort(Comparator.comparing(Field::name));
    }

    private void collect(Class<?> type, List<Method> outer) {
      for (RecordComponent component : type.getRecordComponents()) {
        List<Method> path = new ArrayList<>(outer);
        path.add(component.getAccessor());
        if (group(component)) {
          collect(component.getType(), path);
        } else {
          fields.add(new Field(component.getName(), path));
        }
      }
    }

    @Override
    public void serialize(Object record, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartObject(record);
      for (Field field : fields) {
        Object value = value(field, record, json);
        if (value != null) {
          provider.defaultSerializeField(field.name(), value, json);
        }
      }
      json.writeEndObject();
    }

    private static @Nullable Object value(Field field, Object record, JsonGenerator json)
        throws JsonMappingException {
      try {
        return field.of(record);
      } catch (ReflectiveOperationException e) {
        throw JsonMappingException.from(json, field.name(), e);
      }
    }
  }
}
