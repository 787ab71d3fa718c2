/** Where sequences come from: a table, a text or a generator, divided into parts. */
package io.hindsight.datasets.source;
