@NullMarked
package io.realmstream.model.retrieval;

import org.jspecify.annotations.NullMarked;
