package io.realmstream.deploy.wikipedia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.client.ClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BookmarkTest {
  private final Path folder;

  BookmarkTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void lastPlaceIsReadAndBeforeItNone() throws IOException {
    Bookmark bookmark = bookmark("a", "topic");
    assertThat(bookmark.read()).isNull();
    bookmark.write(Map.of("pages", 1));
    bookmark.write(Map.of("pages", 2));
    assertThat(bookmark("a", "topic").read()).hasToString("{\"pages\":2}");
  }

  @Test
  void placeOfAnotherTargetIsRefused() throws IOException {
    bookmark("a", "topic").write(Map.of("pages", 1));
    assertThatThrownBy(() -> bookmark("b", "topic").read())
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("is of another target");
    assertThatThrownBy(() -> bookmark("a", "other").read()).isInstanceOf(ClientException.class);
  }

  @Test
  void whatIsNoBookmarkIsRefused() throws IOException {
    Files.createDirectories(file().getParent());
    for (String content : new String[] {"", "{", "7", "{\"target\":1}"}) {
      Files.writeString(file(), content);
      assertThatThrownBy(() -> bookmark("a", "topic").read())
          .as(content)
          .isInstanceOf(ClientException.class);
    }
  }

  private Bookmark bookmark(String cluster, String topic) {
    return new Bookmark(file(), new Bookmark.Target(cluster, topic));
  }

  private Path file() {
    return folder.resolve("new").resolve("mark.json");
  }
}
