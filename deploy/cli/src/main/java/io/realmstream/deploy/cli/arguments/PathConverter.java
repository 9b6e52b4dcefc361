package io.realmstream.deploy.cli.arguments;

import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes a path that has a name: the empty one, of a variable that is not set, is this folder. */
public final class PathConverter implements ITypeConverter<Path> {
  @Override
  public Path convert(String value) {
    if (value.isEmpty()) {
      throw new TypeConversionException("the name is empty");
    }
    return Path.of(value);
  }
}
