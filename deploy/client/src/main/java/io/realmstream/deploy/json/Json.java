package io.realmstream.deploy.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.realmstream.schemas.Hash128;
import java.time.Instant;

/** JSON of commands, files and Flink; records of topics have codecs of their own. */
public final class Json {
  /** Writes a record's components in their order; times and hashes as they say themselves. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addSerializer(Hash128.class, ToStringSerializer.instance))
          .build();

  private Json() {}

  /** A record, list or tree in one line. */
  public static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
    }
  }
}
