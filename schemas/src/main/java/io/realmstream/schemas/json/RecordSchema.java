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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A JSON Schema file of this module: checks trees and fills in the defaults that it declares. */
final class RecordSchema {
  /** Names of the schema files, {@code <name>.schema.json}. */
  static final List<String> NAMES =
      List.of(
          "document-edit",
          "document-status",
          "retriever-checkpoint",
          "version-proposal",
          "republication-request",
          "query",
          "answer",
          "freshness",
          "wikipedia-observed",
          "wikipedia-gap",
          "wikipedia-outcome",
          "learning-status",
          "feedback");

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

  private final JsonSchema schema;

  private RecordSchema(JsonSchema schema) {
    this.schema = schema;
  }

  /** The schema of one of {@link #NAMES}. */
  static RecordSchema named(String name) {
    JsonSchema schema = FACTORY.getSchema(SchemaLocation.of(id(name)), CONFIG);
    schema.initializeValidators();
    return new RecordSchema(schema);
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
    Map<String, String> files = new HashMap<>();
    NAMES.forEach(name -> files.put(id(name), read(name)));
    JsonMetaSchema vocabulary =
        JsonMetaSchema.builder(JsonMetaSchema.getV202012())
            .keyword(new MaxUtf8Bytes())
            .format(new DateTimeFormat())
            .build();
    return JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012))
        .metaSchema(vocabulary)
        .schemaLoaders(loaders -> loaders.schemas(files))
        .build();
  }

  /** In a schema {@code $} is the very end; Java's also stands before a last line break. */
  private static RegularExpression regularExpression(String regex) {
    return Pattern.compile(regex.replaceFirst("\\$$", "\\\\z")).asPredicate()::test;
  }

  private static String id(String name) {
    return "urn:realmstream:" + name + ":v1";
  }

  private static String read(String name) {
    String file = "/io/realmstream/schemas/" + name + ".schema.json";
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
