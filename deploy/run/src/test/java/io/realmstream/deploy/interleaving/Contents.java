package io.realmstream.deploy.interleaving;

import io.realmstream.schemas.document.DocumentEdit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a history held of the cases that are hard to search among: copies, and what was deleted. */
final class Contents {
  private final Map<String, DocumentEdit> inForce = new HashMap<>();
  private final List<DocumentEdit> deleted = new ArrayList<>();

  /** In how many documents at once a text stood at most. */
  private final Map<Said, Integer> most = new HashMap<>();

  /** What makes equal passages, whatever the white space. */
  private record Said(String title, String text, boolean split) {
    static Said of(DocumentEdit edit) {
      return new Said(
          PlainAnswers.collapsed(edit.title()), PlainAnswers.collapsed(edit.text()), edit.split());
    }
  }

  /** Takes the next edit that is in force. */
  void added(DocumentEdit edit) {
    DocumentEdit before = inForce.remove(edit.id());
    if (edit.kind().deletes()) {
      if (before != null) {
        deleted.add(before);
      }
      return;
    }
    inForce.put(edit.id(), edit);
    Said said = Said.of(edit);
    if (!said.text.isEmpty()) {
      int now = (int) inForce.values().stream().filter(any -> Said.of(any).equals(said)).count();
      most.merge(said, now, Math::max);
    }
  }

  /** How many texts stood in so many documents at once, or in more. */
  int textsIn(int documents) {
    return (int) most.values().stream().filter(count -> count >= documents).count();
  }

  /** What each document that was there said when it was deleted. */
  List<DocumentEdit> deleted() {
    return List.copyOf(deleted);
  }
}
