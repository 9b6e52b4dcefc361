/** How the knowledge base is: documents, versions, freshness, lags, read from the topics. */
@NullMarked
package io.realmstream.deploy.client.status;

import org.jspecify.annotations.NullMarked;
