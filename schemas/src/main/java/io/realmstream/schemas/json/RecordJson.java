package io.realmstream.schemas.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.realmstream.schemas.Times;
import io.realmstream.schemas.Utf8;
import java.io.IOException;
import java.time.Instant;

/** Binds checked trees to records, and records to canonical JSON. */
final class RecordJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(
              new SimpleModule()
                  .addSerializer(Double.class, new FiniteDoubles())
                  .addSerializer(double.class, new FiniteDoubles())
                  .addSerializer(Instant.class, new UtcInstants())
                  .addSerializer(String.class, new WholeTexts())
                  .addDeserializer(Instant.class, new UtcTimes())
                  .addKeyDeserializer(String.class, new WholeNames())
                  .setSerializerModifier(new FlatRecords()))
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private RecordJson() {}

  static ObjectReader readerFor(Class<?> type) {
    return MAPPER.readerFor(type);
  }

  static ObjectWriter writerFor(Class<?> type) {
    return MAPPER.writerFor(type);
  }

  /** Writes {@link Double#toString(double)}. */
  private static final class FiniteDoubles extends StdSerializer<Double> {
    private static final long serialVersionUID = 1L;

    FiniteDoubles() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (!Double.isFinite(value)) {
        throw JsonMappingException.from(json, "not a finite number: " + value);
      }
      json.writeNumber(Double.toString(value));
    }
  }

  /** Writes texts that UTF-8 can say; Jackson alone would write half a surrogate pair as escape. */
  private static final class WholeTexts extends StdSerializer<String> {
    private static final long serialVersionUID = 1L;

    WholeTexts() {
      super(String.class);
    }

    @Override
    public void serialize(String value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (!Utf8.canEncode(value)) {
        throw JsonMappingException.from(json, "half a surrogate pair in a text");
      }
      json.writeString(value);
    }
  }

  /** Writes {@link Instant#toString()}, which is RFC 3339 for the years 0 to 9999 only. */
  private static final class UtcInstants extends StdSerializer<Instant> {
    private static final long serialVersionUID = 1L;

    UtcInstants() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (!Times.canSay(value)) {
        throw JsonMappingException.from(json, Times.refusal(value));
      }
      json.writeString(value.toString());
    }
  }

  /**
   * Reads what {@link UtcInstants} writes, and other times of RFC 3339: these may leave the range.
   */
  private static final class UtcTimes extends StdDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    UtcTimes() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
      Instant time = Rfc3339.parse(json.getText());
      if (time == null) {
        throw JsonMappingException.from(json, "must be an RFC 3339 date-time");
      }
      if (!Times.canSay(time)) {
        throw JsonMappingException.from(json, Times.refusal(time));
      }
      return time;
    }
  }

  /** Reads the names in a map, which the schema's rules for texts do not reach. */
  private static final class WholeNames extends KeyDeserializer {
    @Override
    public Object deserializeKey(String name, DeserializationContext context) throws IOException {
      if (!Utf8.canEncode(name)) {
        throw JsonMappingException.from(context, "a name must not hold half a surrogate pair");
      }
      return name;
    }
  }
}
