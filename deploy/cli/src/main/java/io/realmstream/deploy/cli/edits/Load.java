package io.realmstream.deploy.cli.edits;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.console.Interruption;
import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.cli.console.Progress;
import io.realmstream.deploy.cli.input.InputRow;
import io.realmstream.deploy.cli.input.Inputs;
import io.realmstream.deploy.cli.input.Position;
import io.realmstream.deploy.client.EditSender;
import io.realmstream.deploy.client.Silence;
import io.realmstream.deploy.client.StatusWatch;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.json.Codecs;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of {@code realm load}: rows in, edits out, and the story of it on stderr. */
final class Load {
  /** Bounds memory: so many edits may be on their way to an answerable state. */
  private static final int OUTSTANDING_MAX = 100_000;

  private final Inputs inputs;
  private final EditSender<Position> sender;
  private final @Nullable StatusWatch watch;
  private final Progress progress;
  private long rows;
  private final BadRows bad;
  private long firstBytes;
  private @Nullable Position next;

  /**
   * @param watch null = done when all is sent
   */
  Load(Inputs inputs, EditSender<Position> sender, @Nullable StatusWatch watch, Progress progress) {
    this.inputs = inputs;
    this.sender = sender;
    this.watch = watch;
    this.progress = progress;
    this.bad = new BadRows(progress::message);
  }

  /**
   * Sends every row, then the deletions, and, with a watch, waits for the ends of all.
   *
   * @param deletions asked for once every row is sent, with the number of those that were bad
   * @return rows that were bad
   * @throws CommandFailure if it stopped early; what was sent stays sent
   */
  long run(Interruption interruption, Silence silence, LongFunction<List<DocumentEdit>> deletions)
      throws IOException {
    sendAll(interruption);
    flush(this::resume);
    if (interruption.requested()) {
      throw CommandFailure.failed("interrupted; " + kept() + resume());
    }
    for (DocumentEdit deletion : deletions.apply(bad.count())) {
      rows++;
      byte[] value = Codecs.DOCUMENT_EDIT.encode(deletion);
      sender.send(new Position(deletion.id(), 1), deletion, value);
    }
    flush(() -> "; load once more");
    awaitEnds(0, interruption, silence);
    progress.update(done(), rows);
    return bad.count();
  }

  private void flush(Supplier<String> advice) {
    sender.flush();
    if (sender.failure() != null) {
      throw CommandFailure.failed(
          "sending failed: " + sender.failure().getMessage() + advice.get());
    }
  }

  private void sendAll(Interruption interruption) throws IOException {
    try {
      for (InputRow row = inputs.next(); row != null; row = inputs.next()) {
        if (rows++ == 0) {
          firstBytes = inputs.bytesRead();
        }
        send(row);
        next = row.behind();
        if (watch != null && rows % 64 == 0) {
          watch.poll(Duration.ZERO);
        }
        awaitEnds(OUTSTANDING_MAX, interruption, null);
        progress.update(done(), expectedRows());
        if (interruption.requested() || sender.failure() != null) {
          return;
        }
      }
    } catch (IOException e) {
      sender.flush();
      throw CommandFailure.failed("cannot read on: " + e.getMessage() + "; " + kept() + resume());
    }
  }

  private void send(InputRow row) {
    DocumentEdit edit = row.edit();
    bad.next(row, edit == null);
    if (edit == null) {
      bad.add(row.position(), String.valueOf(row.problem()));
      return;
    }
    byte[] value = Codecs.DOCUMENT_EDIT.encode(edit);
    if (value.length > Codecs.DOCUMENT_BYTES_MAX) {
      bad.add(row.position(), tooLarge(value.length));
    } else {
      sender.send(row.position(), edit, value);
    }
  }

  private void awaitEnds(int most, Interruption interruption, @Nullable Silence silence) {
    if (watch == null) {
      return;
    }
    watch.await(
        most,
        () -> {
          progress.update(done(), rows);
          if (silence != null && watch.quiet().compareTo(silence.limit()) > 0) {
            throw silence.explain(sender.last(), watch.outstanding().count());
          }
          return !interruption.requested();
        });
    if (silence != null && interruption.requested() && watch.outstanding().count() > 0) {
      throw CommandFailure.failed(
          "interrupted; all is sent and kept, but the ends of "
              + watch.outstanding().count()
              + " edits are not known yet");
    }
  }

  /** By the bytes read since the first row; 0 = unknown. */
  private long expectedRows() throws IOException {
    long read = inputs.bytesRead() - firstBytes;
    long toRead = inputs.bytesTotal() - firstBytes;
    return read <= 0 || toRead <= 0 ? 0 : Math.max(rows, Math.round(1.0 * rows * toRead / read));
  }

  private long done() {
    long outstanding = watch == null ? 0 : watch.outstanding().count();
    return watch == null ? sender.acknowledged() + bad.count() : rows - outstanding;
  }

  private String kept() {
    return Page.format("%,d documents are sent and kept", sender.acknowledged());
  }

  private String resume() {
    Position position = sender.firstUnacknowledged();
    if (position == null) {
      position = next;
    }
    return position == null ? "" : "; go on with --resume-at " + position;
  }

  private static String tooLarge(int bytes) {
    return Page.format(
        "a document of %,d bytes; the limit is %,d", bytes, Codecs.DOCUMENT_BYTES_MAX);
  }
}
