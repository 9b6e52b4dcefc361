package io.realmstream.deploy.cli.deadletters;

import io.realmstream.deploy.cli.console.Excerpt;
import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.client.deadletters.DeadLetter;
import io.realmstream.schemas.document.DocumentEdit;

/** A dead letter for people. */
final class DeadLetterLine {
  private DeadLetterLine() {}

  static String of(DeadLetter letter) {
    return Page.columns(
        letter.number(),
        letter.at(),
        letter.topic().isEmpty() ? "-" : letter.place(),
        letter.stage(),
        letter.reason(),
        letter.id().isEmpty() ? "-" : Excerpt.of(letter.id(), DocumentEdit.ID_BYTES_MAX),
        Page.format("%,d bytes", letter.size()) + cut(letter),
        Excerpt.message(letter.message()));
  }

  private static String cut(DeadLetter letter) {
    String kept = letter.kept().isEmpty() ? "" : "; " + letter.kept();
    return letter.truncated() ? " (truncated" + kept + ")" : "";
  }
}
