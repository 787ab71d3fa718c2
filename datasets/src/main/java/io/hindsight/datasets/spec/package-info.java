/**
 * What a configuration says about data: where it is, which columns are read, what is predicted, how
 * numbers are scaled, and which parts are made. Nothing here reads data.
 */
package io.hindsight.datasets.spec;
