/** Where a wiki can be asked, and who asks. */
@NullMarked
package io.realmstream.model.wikipedia.site;

import org.jspecify.annotations.NullMarked;
