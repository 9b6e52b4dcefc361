package io.realmstream.deploy.wikipedia.load;

/** How an import goes. */
public final class ImportCounts {
  private long sent;
  private long textBytes;
  private long otherNamespace;
  private long bad;
  private long filesBytes;
  private long fileBytes;
  private long firstBytes = -1;

  void sent(long bytes) {
    sent++;
    textBytes += bytes;
    if (firstBytes < 0) {
      firstBytes = filesBytes + fileBytes;
    }
  }

  void otherNamespace() {
    otherNamespace++;
  }

  void bad() {
    bad++;
  }

  /** So many bytes of the file that is open are read. */
  void at(long bytes) {
    fileBytes = bytes;
  }

  void fileRead(long bytes) {
    filesBytes += bytes;
    fileBytes = 0;
  }

  /** Pages sent by this run. */
  public long pagesSent() {
    return sent;
  }

  /** UTF-8 bytes of the text that was sent. */
  public long textBytesSent() {
    return textBytes;
  }

  public long pagesOfOtherNamespaces() {
    return otherNamespace;
  }

  public long pagesBad() {
    return bad;
  }

  /**
   * Pages that this run will send, judged by the bytes behind the first; 0 = unknown.
   *
   * @param bytesTotal of all files
   */
  public long pagesExpected(long bytesTotal) {
    long read = filesBytes + fileBytes - firstBytes;
    return firstBytes < 0 || read <= 0
        ? 0
        : Math.max(sent, Math.round(1.0 * sent * (bytesTotal - firstBytes) / read));
  }
}
