package io.realmstream.deploy.cli.cluster;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds secrets that stand in settings as they are. Settings are arguments of the job, which Flink
 * may store, log and show; a reference like {@code ${file:/etc/kafka.properties:password}} says
 * nothing, and Kafka's clients resolve it where they run.
 */
final class PlainSecrets {
  /** A setting's name, or a field of a JAAS configuration, that holds something to be kept. */
  private static final Pattern NAME =
      Pattern.compile(
          "password|passwd|passphrase|secret|credential|token(?!\\.endpoint)|api[._-]?key"
              + "|private[._-]?key|access[._-]?key|keystore\\.key",
          Pattern.CASE_INSENSITIVE);

  private static final String JAAS = "sasl.jaas.config";
  private static final Pattern FIELD = Pattern.compile("([\\w.]+)\\s*=\\s*(\"[^\"]*\"|[^\\s;]+)");
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}:]+):[^}]*}");
  private static final String PROVIDERS = "config.providers";

  /** Settings whose names sound like it, and which hold none. */
  private static final Set<String> NO_SECRETS =
      Set.of("sasl.oauthbearer.token.endpoint.url", "delegation.token.max.lifetime.ms");

  private PlainSecrets() {}

  /** Names of the settings that hold a secret in plain text, in order. */
  static List<String> in(Map<String, ?> settings) {
    Set<String> names = new TreeSet<>();
    settings.forEach(
        (name, value) -> {
          String text = String.valueOf(value);
          boolean plain =
              name.toLowerCase(Locale.ROOT).endsWith(JAAS)
                  ? FIELD.matcher(text).results().anyMatch(PlainSecrets::isPlain)
                  : isSecret(name) && !isReference(text);
          if (plain) {
            names.add(name);
          }
        });
    return List.copyOf(names);
  }

  /** Providers that references name and the settings do not declare: Kafka would not see them. */
  static List<String> undeclaredProviders(Map<String, ?> settings) {
    Set<String> names = new TreeSet<>();
    settings.values().stream()
        .flatMap(value -> REFERENCE.matcher(String.valueOf(value)).results())
        .forEach(reference -> names.add(reference.group(1)));
    for (String declared : String.valueOf(settings.get(PROVIDERS)).split(",", -1)) {
      names.remove(declared.strip());
    }
    return List.copyOf(names);
  }

  private static boolean isSecret(String name) {
    return NAME.matcher(name).find() && !NO_SECRETS.contains(name);
  }

  private static boolean isPlain(MatchResult field) {
    return isSecret(field.group(1)) && !isReference(field.group(2).replace("\"", ""));
  }

  private static boolean isReference(String value) {
    return value.isBlank() || REFERENCE.matcher(value.strip()).matches();
  }
}
