package io.realmstream.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.realmstream.schemas.version.Part;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartCacheTest {
  /** SHA-256 of "abc" and of the empty text, as FIPS 180 publishes them. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private final Path directory;
  private final Path source;
  private final Part part;

  PartCacheTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.source = Files.writeString(directory.resolve("abc.txt"), "abc");
    this.part = new Part(source.toUri().toString(), ABC);
  }

  @Test
  void fetchedFileHasThePartsContent() throws Exception {
    assertThat(cache().fetch(part)).hasContent("abc");
  }

  /** What is not there may come; what is not allowed, or is another file, stays so. */
  @Test
  void onlyWhatCannotBeReadMayPass() throws Exception {
    Part missing = new Part(directory.resolve("gone").toUri().toString(), ABC);
    Part foreign = new Part("ftp://localhost/abc", ABC);
    Part other = new Part(part.uri(), EMPTY);
    PartCache small = new PartCache(directory.resolve("small"), new Counting(), 2);

    assertThat(failure(cache(), missing).mayPass()).isTrue();
    assertThat(failure(cache(), foreign).mayPass()).isFalse();
    assertThat(failure(cache(), other).mayPass()).isFalse();
    assertThat(failure(small, part).mayPass()).isFalse();
  }

  private static CheckpointException failure(PartCache cache, Part part) {
    return catchThrowableOfType(CheckpointException.class, () -> cache.fetch(part));
  }

  @Test
  void partIsReadOnceByAllCachesOfADirectory() throws Exception {
    Counting opener = new Counting();
    PartCache cache = new PartCache(directory.resolve("cache"), opener);
    Path first = cache.fetch(part);

    assertThat(cache.fetch(part)).isEqualTo(first);
    assertThat(new PartCache(directory.resolve("cache"), opener).fetch(part)).isEqualTo(first);
    assertThat(opener.opened).hasValue(1);
  }

  @Test
  void fileThatAnEarlierProcessLeftTamperedIsFetchedAgain() throws Exception {
    Files.writeString(cache().fetch(part), "abd");

    assertThat(cache().fetch(part)).hasContent("abc");
  }

  @Test
  void fileThatIsTruncatedOrGoneSinceItWasVerifiedIsFetchedAgain() throws Exception {
    PartCache cache = cache();
    Files.writeString(cache.fetch(part), "ab");
    assertThat(cache.fetch(part)).hasContent("abc");

    Files.delete(cache.fetch(part));
    assertThat(cache.fetch(part)).hasContent("abc");
  }

  @Test
  void mismatchNamesBothDigestsAndLeavesNoFile() throws Exception {
    Files.writeString(source, "");

    assertThatThrownBy(() -> cache().fetch(part))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContainingAll("abc.txt", ABC, EMPTY)
        .hasMessageNotContaining("\n");
    try (Stream<Path> left = Files.walk(directory.resolve("cache"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void partOfExactlyTheLargestSizeIsTakenAndOneByteMoreIsNot() throws Exception {
    PartOpener opener = PartOpener.local(getClass().getClassLoader());
    assertThat(new PartCache(directory.resolve("three"), opener, 3).fetch(part)).exists();

    assertThatThrownBy(() -> new PartCache(directory.resolve("two"), opener, 2).fetch(part))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("larger than 2 bytes");
  }

  @Test
  void whatCannotBeReadIsNamedInOneLine() {
    refused("file:///no/such/file", ABC, "no such file");
    refused("classpath:no/such/resource", ABC, "no such resource");
    refused(directory.toUri().toString(), ABC, "no such file");
    refused("file:relative", ABC, "not a path");
    refused("file://elsewhere/a", ABC, "not a path");
    refused("https://example.org/a.onnx", ABC, "scheme https: is not allowed");
    refused("a.onnx", ABC, "is not allowed");
    refused("a b", ABC, "not a URI");
    refused("classpath:a", "ABC", "64 hexadecimal digits");
    refused("classpath:a", "../" + ABC.substring(3), "64 hexadecimal digits");
  }

  private void refused(String uri, String sha256, String why) {
    assertThatThrownBy(() -> cache().fetch(new Part(uri, sha256)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContainingAll(uri, why)
        .hasMessageNotContaining("\n");
  }

  @Test
  void resourcesAreOpenedWithAndWithoutALeadingSlash() throws Exception {
    PartOpener opener = PartOpener.local(getClass().getClassLoader());
    String name = getClass().getName().replace('.', '/') + ".class";
    try (InputStream with = opener.open(URI.create("classpath:/" + name));
        InputStream without = opener.open(URI.create("classpath:" + name))) {
      assertThat(with.readAllBytes()).isEqualTo(without.readAllBytes()).isNotEmpty();
    }
  }

  @Test
  void threadsThatFetchAtOnceAllGetTheWholePart() throws Exception {
    PartCache cache = cache();
    PartCache other = cache();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Path>> calls = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        PartCache one = i % 2 == 0 ? cache : other;
        calls.add(() -> one.fetch(part));
      }
      for (Future<Path> path : threads.invokeAll(calls)) {
        assertThat(path.get()).hasContent("abc");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private PartCache cache() {
    return new PartCache(directory.resolve("cache"), PartOpener.local(getClass().getClassLoader()));
  }

  private static final class Counting implements PartOpener {
    private final AtomicInteger opened = new AtomicInteger();

    @Override
    public InputStream open(URI uri) throws IOException {
      opened.incrementAndGet();
      return Files.newInputStream(Path.of(uri));
    }
  }
}
