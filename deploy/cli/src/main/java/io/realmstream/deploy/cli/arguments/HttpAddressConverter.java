package io.realmstream.deploy.cli.arguments;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes the address of a web server, without a slash at its end. */
public final class HttpAddressConverter implements ITypeConverter<String> {

  @Override
  public String convert(String value) {
    String address = value.replaceAll("/+$", "");
    if (!isAddress(address)) {
      throw new TypeConversionException("must be an http address, not '" + value + "'");
    }
    return address;
  }

  private static boolean isAddress(String address) {
    try {
      URI uri = new URI(address);
      return address.matches("https?://\\S+")
          && uri.getHost() != null
          && uri.getPort() != 0
          && uri.getPort() <= Range.PORT_MAX;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
