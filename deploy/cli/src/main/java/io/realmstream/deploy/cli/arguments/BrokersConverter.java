package io.realmstream.deploy.cli.arguments;

import java.util.regex.Pattern;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes addresses of brokers, {@code HOST:PORT} with commas between them. */
public final class BrokersConverter implements ITypeConverter<String> {
  private static final Pattern COMMA = Pattern.compile(",");

  @Override
  public String convert(String value) {
    for (String part : COMMA.split(value, -1)) {
      String address = part.strip();
      String problem = problem(address);
      if (problem != null) {
        throw new TypeConversionException("'" + address + "' " + problem);
      }
    }
    return value;
  }

  /** As Kafka's clients read it, which name no reason. */
  private static @Nullable String problem(String address) {
    String host = Utils.getHost(address);
    Integer port;
    try {
      port = Utils.getPort(address);
    } catch (NumberFormatException e) {
      return "has no port from 1 to " + Range.PORT_MAX;
    }
    if (host == null || host.isEmpty() || port == null) {
      return "is not HOST:PORT";
    }
    return port < 1 || port > Range.PORT_MAX ? "has no port from 1 to " + Range.PORT_MAX : null;
  }
}
