package io.realmstream.deploy.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The project's version, as the build wrote it down. */
public final class RealmVersion implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    return new String[] {"realm " + number()};
  }

  /** For instance 0.1.0. */
  public static String number() throws IOException {
    Properties properties = new Properties();
    try (InputStream resource = RealmVersion.class.getResourceAsStream("version.properties")) {
      properties.load(Objects.requireNonNull(resource, "version.properties"));
    }
    return Objects.requireNonNull(properties.getProperty("version"));
  }
}
