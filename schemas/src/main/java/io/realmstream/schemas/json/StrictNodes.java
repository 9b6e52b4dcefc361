package io.realmstream.schemas.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import io.realmstream.schemas.Utf8;
import java.math.BigInteger;

/** Makes tree nodes, and refuses values that JSON can write but a record cannot hold. */
final class StrictNodes extends JsonNodeFactory {
  private static final long serialVersionUID = 1L;

  /** A value that no record can hold. */
  static final class RefusedValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedValueException(String message) {
      super(message);
    }
  }

  @Override
  public NumericNode numberNode(double value) {
    return super.numberNode(finite(value));
  }

  @Override
  public ValueNode numberNode(BigInteger value) {
    finite(value.doubleValue());
    return super.numberNode(value);
  }

  @Override
  public TextNode textNode(String text) {
    if (!Utf8.canEncode(text)) {
      throw new RefusedValueException("must not hold half a surrogate pair");
    }
    return super.textNode(text);
  }

  private static double finite(double value) {
    if (!Double.isFinite(value)) {
      throw new RefusedValueException("must be a number within the range of a double");
    }
    return value;
  }
}
