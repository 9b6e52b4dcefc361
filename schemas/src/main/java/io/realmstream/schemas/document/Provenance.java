package io.realmstream.schemas.document;

import io.realmstream.schemas.Utf8;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Where the text of a document comes from, for those who quote it. It is not embedded.
 *
 * @param link address of this revision; null = none
 * @param license under which the text may be quoted; null = unknown
 * @param source page of a wiki; null = from elsewhere
 */
public record Provenance(@Nullable String link, @Nullable String license, @Nullable Source source) {
  public static final Provenance NONE = new Provenance(null, null, null);

  /** Longest link, in UTF-8 bytes. */
  public static final int LINK_BYTES_MAX = 2048;

  /**
   * Whether a link may stand in an answer: none, or an https address of at most {@value
   * #LINK_BYTES_MAX} bytes that names a host and no user.
   */
  public boolean hasFitLink() {
    if (link == null) {
      return true;
    }
    try {
      URI address = new URI(link);
      return Utf8.bytes(link) <= LINK_BYTES_MAX
          && "https".equalsIgnoreCase(address.getScheme())
          && address.getHost() != null
          && address.getRawUserInfo() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** The same without link. */
  public Provenance withoutLink() {
    return new Provenance(null, license, source);
  }
}
