package io.realmstream.deploy.cli.edits;

import io.realmstream.deploy.cli.input.Position;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code FILE:LINE} from a command line. */
final class PositionConverter implements ITypeConverter<Position> {
  @Override
  public Position convert(String value) {
    try {
      return Position.parse(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("not FILE:LINE: " + value);
    }
  }
}
