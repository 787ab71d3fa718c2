package io.hindsight.datasets.rows;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructType;

/**
 * Types of the columns of a table that stand beside what is made of its rows. Ids and times are
 * read as text, whatever they are in the table; their type is one that the text can be turned back
 * into, or else that of texts.
 *
 * @param others names and types of those that are handed on as they are
 * @param ids types of the columns of the id, in their order; empty if there are none
 * @param time type of the one column of the time
 */
public record KeptTypes(StructType others, List<DataType> ids, DataType time)
    implements Serializable {
  /** Of a table of which nothing is known. */
  public static final KeptTypes NONE =
      new KeptTypes(new StructType(), List.of(), DataTypes.StringType);

  public KeptTypes {
    ids = List.copyOf(ids);
  }

  /** The same, with ids and times as text. */
  public KeptTypes asText() {
    return new KeptTypes(others, List.of(), DataTypes.StringType);
  }

  /**
   * The type of one column of the id.
   *
   * @param part which, from 0
   */
  public DataType id(int part) {
    return part < ids.size() ? ids.get(part) : DataTypes.StringType;
  }

  /** The type of times after those of the table, which may be larger numbers. */
  public DataType laterTime() {
    return isWhole(time) ? DataTypes.LongType : time;
  }

  /** Whether a type is one of whole numbers, of at most 64 bits. */
  public static boolean isWhole(DataType type) {
    return type instanceof LongType
        || type instanceof IntegerType
        || type instanceof ShortType
        || type instanceof ByteType;
  }
}
