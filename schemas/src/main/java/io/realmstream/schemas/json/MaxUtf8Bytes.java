package io.realmstream.schemas.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.AbstractKeyword;
import com.networknt.schema.BaseJsonValidator;
import com.networknt.schema.ErrorMessageType;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonValidator;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.ValidationContext;
import com.networknt.schema.ValidationMessage;
import io.realmstream.schemas.Utf8;
import java.util.Set;

/**
 * The schema keyword {@code x-maxUtf8Bytes}: the largest length of a text in UTF-8 bytes, which
 * maxLength, counting characters, cannot say. Validators that do not know it pass over it.
 */
final class MaxUtf8Bytes extends AbstractKeyword {
  static final String NAME = "x-maxUtf8Bytes";
  private static final ErrorMessageType MESSAGE = () -> NAME;

  MaxUtf8Bytes() {
    super(NAME);
  }

  @Override
  public JsonValidator newValidator(
      SchemaLocation location,
      JsonNodePath path,
      JsonNode limit,
      JsonSchema parent,
      ValidationContext context) {
    return new Validator(
        new BaseArguments(location, path, limit, parent), this, context, limit.intValue());
  }

  private record BaseArguments(
      SchemaLocation location, JsonNodePath path, JsonNode limit, JsonSchema parent) {}

  private static final class Validator extends BaseJsonValidator {
    private final int bytesMax;

    Validator(BaseArguments base, MaxUtf8Bytes keyword, ValidationContext context, int bytesMax) {
      super(base.location, base.path, base.limit, base.parent, MESSAGE, keyword, context, false);
      this.bytesMax = bytesMax;
    }

    @Override
    public Set<ValidationMessage> validate(
        ExecutionContext execution, JsonNode node, JsonNode root, JsonNodePath place) {
      if (!node.isTextual() || Utf8.bytes(node.textValue()) <= bytesMax) {
        return Set.of();
      }
      return Set.of(
          message()
              .instanceNode(node)
              .instanceLocation(place)
              .message("{0}: must be at most {1} UTF-8 bytes long")
              .arguments(Integer.toString(bytesMax))
              .failFast(execution.isFailFast())
              .build());
    }
  }
}
