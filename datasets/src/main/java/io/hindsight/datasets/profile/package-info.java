/** What a table holds, in figures by which a later reading of it can be judged. */
package io.hindsight.datasets.profile;
