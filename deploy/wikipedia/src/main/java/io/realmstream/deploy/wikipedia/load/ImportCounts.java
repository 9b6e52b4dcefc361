package io.realmstream.deploy.wikipedia.load;

/** How an import goes. */
public final class ImportCounts {
  private long sent;
  private long textBytes;
  private long otherNamespace;
  private long bad;
  private long bytesRead;
  private long bytesPassed;

  void sent(long bytes) {
    sent++;
    textBytes += bytes;
  }

  void otherNamespace() {
    otherNamespace++;
  }

  void bad() {
    bad++;
  }

  /** So many more bytes of files are read, and their pages are done with. */
  void read(long bytes) {
    bytesRead += bytes;
  }

  /** Of so many more bytes nothing is said: an earlier run has sent some of their pages. */
  void passed(long bytes) {
    bytesPassed += bytes;
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
   * Pages that this run will send, judged by the bytes that it has read; 0 = unknown.
   *
   * @param bytesTotal of all files
   */
  public long pagesExpected(long bytesTotal) {
    return sent == 0 || bytesRead <= 0
        ? 0
        : Math.max(sent, Math.round(1.0 * sent * (bytesTotal - bytesPassed) / bytesRead));
  }
}
