package io.realmstream.deploy.cli.arguments;

import io.realmstream.schemas.Limits;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes what can be a document's id. */
public final class IdConverter implements ITypeConverter<String> {
  @Override
  public String convert(String value) {
    try {
      Limits.checkId("id", value);
      return value;
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
