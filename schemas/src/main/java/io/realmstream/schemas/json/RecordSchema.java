package io.realmstream.schemas.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.regex.RegularExpression;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A JSON Schema file of this module: checks trees and fills in the defaults that it declares. */
final class RecordSchema {
  /** A schema of this module, whose file is {@code NAME.schema.json}. */
  private static final Pattern ID = Pattern.compile("urn:realmstream:([a-z-]+):v1");

  private static final JsonSchemaFactory FACTORY = factory();
  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder()
          .failFast(true)
          .formatAssertionsEnabled(true)
          .errorMessageKeyword("x-message")
          .locale(Locale.ROOT)
          .pathType(PathType.JSON_POINTER)
          .preloadJsonSchema(true)
          .regularExpressionFactory(RecordSchema::regularExpression)
          .build();

  private final String name;
  private final JsonSchema schema;

  private RecordSchema(String name, JsonSchema schema) {
    this.name = name;
    this.schema = schema;
  }

  /** The schema of a file. */
  static RecordSchema named(String name) {
    JsonSchema schema =
        FACTORY.getSchema(SchemaLocation.of("urn:realmstream:" + name + ":v1"), CONFIG);
    schema.initializeValidators();
    return new RecordSchema(name, schema);
  }

  String name() {
    return name;
  }

  /** The file itself. */
  JsonNode tree() {
    return schema.getSchemaNode();
  }

  /**
   * Checks a tree.
   *
   * @throws BadRecordException naming the first field that breaks the schema, and the limit
   */
  void check(JsonNode tree) throws BadRecordException {
    Set<ValidationMessage> messages = schema.validate(tree);
    if (!messages.isEmpty()) {
      throw new BadRecordException(Violation.describe(messages.iterator().next()));
    }
  }

  /** Gives each absent field its default, in objects inside as well. */
  void fillDefaults(JsonNode tree) {
    fill((ObjectNode) tree, schema.getSchemaNode());
  }

  private static void fill(ObjectNode tree, JsonNode schema) {
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      JsonNode missing = property.getValue().path("default");
      if (!missing.isMissingNode() && !tree.has(property.getKey())) {
        tree.set(property.getKey(), missing.deepCopy());
      }
      if (tree.get(property.getKey()) instanceof ObjectNode inner) {
        fill(inner, property.getValue());
      }
    }
  }

  private static JsonSchemaFactory factory() {
    JsonMetaSchema vocabulary =
        JsonMetaSchema.builder(JsonMetaSchema.getV202012())
            .keyword(new MaxUtf8Bytes())
            .format(new DateTimeFormat())
            .build();
    return JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012))
        .metaSchema(vocabulary)
        .schemaLoaders(loaders -> loaders.schemas(RecordSchema::file))
        .build();
  }

  /** In a schema {@code $} is the very end; Java's also stands before a last line break. */
  private static RegularExpression regularExpression(String regex) {
    return Pattern.compile(regex.replaceFirst("\\$$", "\\\\z")).asPredicate()::test;
  }

  /** What a schema file says; null = the id is none of this module's. */
  private static @Nullable String file(String id) {
    Matcher matcher = ID.matcher(id);
    if (!matcher.matches()) {
      return null;
    }
    String file = "/io/realmstream/schemas/" + matcher.group(1) + ".schema.json";
    try (InputStream bytes = RecordSchema.class.getResourceAsStream(file)) {
      if (bytes == null) {
        throw new IllegalStateException("no resource " + file);
      }
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }
}
