/** Looks at the rows of a table, where they are, for its profile. */
package io.hindsight.datasets.rows.profile;
