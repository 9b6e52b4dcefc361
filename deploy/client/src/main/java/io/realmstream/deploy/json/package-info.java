/** The JSON that is read and written beside the topics. */
@NullMarked
package io.realmstream.deploy.json;

import org.jspecify.annotations.NullMarked;
