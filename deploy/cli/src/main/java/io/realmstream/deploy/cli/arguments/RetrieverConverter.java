package io.realmstream.deploy.cli.arguments;

import io.realmstream.schemas.Topics;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes what a retriever can be called. */
public final class RetrieverConverter implements ITypeConverter<String> {
  @Override
  public String convert(String value) {
    try {
      return new Topics("realm", value).retriever();
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
