package io.realmstream.deploy.cli.wikipedia;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the database name of a wiki. */
final class WikiConverter implements ITypeConverter<String> {
  @Override
  public String convert(String value) {
    if (!value.matches("[a-z0-9_]{1,60}")) {
      throw new TypeConversionException(
          "'" + value + "' is no wiki's database name, which is like enwiki");
    }
    return value;
  }
}
