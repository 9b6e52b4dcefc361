package io.realmstream.deploy.cli.wikipedia;

import io.realmstream.model.wikipedia.site.Contact;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whom a wiki's operators can write to. */
@Command // else it is no mixin
final class ContactOption {
  @Option(
      names = "--contact",
      paramLabel = "MAIL|URL",
      required = true,
      converter = ContactConverter.class,
      description =
          "Whom the wiki's operators can write to; they ask each program to name one. It stands in"
              + " the header User-Agent.")
  @SuppressWarnings("NullAway.Init") // required
  private Contact contact;

  Contact contact() {
    return contact;
  }
}
