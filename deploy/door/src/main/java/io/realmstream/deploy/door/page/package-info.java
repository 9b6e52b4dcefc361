/** The page: a few files, served as they are, and a sample to try it with. */
@NullMarked
package io.realmstream.deploy.door.page;

import org.jspecify.annotations.NullMarked;
