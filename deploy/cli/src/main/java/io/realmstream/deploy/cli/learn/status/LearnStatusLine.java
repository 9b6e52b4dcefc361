package io.realmstream.deploy.cli.learn.status;

import io.realmstream.deploy.cli.console.Page;
import io.realmstream.schemas.learning.LearningStatus;
import io.realmstream.schemas.learning.RecallChange;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A pass, or a look back at a version, in one line for people; shares are in percent. */
final class LearnStatusLine {
  private LearnStatusLine() {}

  static String of(LearningStatus status) {
    StringBuilder line = new StringBuilder();
    line.append(
        Page.format(
            "%s  %s: %s",
            status.at().truncatedTo(ChronoUnit.SECONDS), subject(status), status.outcome()));
    addRecall(1, status.judgement().first(), line);
    addRecall(5, status.judgement().fifth(), line);
    line.append(
        Page.format(
            "; %,d %s of %,d documents",
            status.judgement().questions(),
            status.judgement().feedback() > 0 ? "questions of feedback" : "sentences",
            status.judgement().documents()));
    return line.toString();
  }

  private static String subject(LearningStatus status) {
    Integer version = status.version();
    return version == null
        ? Page.format(
            "pass %,d, %,d steps, loss %.3f",
            status.progress().pass(), status.progress().steps(), status.progress().loss())
        : Page.format("version %d against the one before", version);
  }

  private static void addRecall(int cut, @Nullable RecallChange change, StringBuilder to) {
    if (change != null) {
      to.append(
          Page.format(
              "; recall@%d %.1f -> %.1f (90 %%: %+.1f to %+.1f)",
              cut,
              100 * change.before(),
              100 * change.after(),
              100 * change.lower(),
              100 * change.upper()));
    }
  }
}
