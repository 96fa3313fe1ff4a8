#include "CHDF5.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "Library.h"

HDF5_Object HDF5_CreateFile(const char *path) {
  HDF5_Enter();
  hid_t access = hdf5.H5Pcreate(hdf5.H5P_CLS_FILE_ACCESS_ID_g);
  hid_t creation = hdf5.H5Pcreate(hdf5.H5P_CLS_FILE_CREATE_ID_g);
  // Version 1.8: attributes may be longer than 64 kB. Later ones mark a file that is being written, and no program
  // would open what a killed run leaves.
  hdf5.H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V18);
  hdf5.H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);
  hdf5.H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  hid_t file = hdf5.H5Fcreate(path, H5F_ACC_TRUNC, creation, access);
  if (file < 0) HDF5_KeepReason();
  hdf5.H5Idec_ref(creation);
  hdf5.H5Idec_ref(access);
  return HDF5_Leave(file);
}

HDF5_Object HDF5_OpenBytes(const void *bytes, size_t count) {
  enum { Increment = 1 << 16 };
  HDF5_Enter();
  hid_t access = hdf5.H5Pcreate(hdf5.H5P_CLS_FILE_ACCESS_ID_g);
  hdf5.H5Pset_fapl_core(access, Increment, 0);
  hdf5.H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);
  // Not written to, only declared without const.
  hdf5.H5Pset_file_image(access, (void *)bytes, count);
  // No file has this name; but two images of one name would be taken for one file while both are open.
  static unsigned long opened;
  char name[32];
  snprintf(name, sizeof name, "bytes %lu", ++opened);
  hid_t file = hdf5.H5Fopen(name, H5F_ACC_RDONLY, access);
  if (file < 0) HDF5_KeepReason();
  hdf5.H5Idec_ref(access);
  return HDF5_Leave(file);
}

HDF5_Object HDF5_CreateGroup(HDF5_Object parent, const char *name) {
  HDF5_Enter();
  return HDF5_Leave(hdf5.H5Gcreate2(parent, name, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
}

HDF5_Object HDF5_Open(HDF5_Object parent, const char *name) {
  HDF5_Enter();
  return HDF5_Leave(hdf5.H5Oopen(parent, name, H5P_DEFAULT));
}

int HDF5_NameInGroup(HDF5_Object group, uint64_t index, char *name, size_t capacity) {
  HDF5_Enter();
  name[0] = 0;
  H5G_info_t info;
  if (hdf5.H5Gget_info(group, &info) < 0) return (int)HDF5_Leave(-1);
  if (index >= info.nlinks) return (int)HDF5_Leave(0);
  // A file of other origin may keep no order.
  ssize_t length = hdf5.H5Lget_name_by_idx(
    group, ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, index, name, capacity, H5P_DEFAULT);
  if (length < 0)
    length = hdf5.H5Lget_name_by_idx(group, ".", H5_INDEX_NAME, H5_ITER_INC, index, name, capacity, H5P_DEFAULT);
  return (int)HDF5_Leave(length < 0 ? -1 : 0);
}

HDF5_Object HDF5_CreateTable(
  HDF5_Object parent, const char *name, int rank, uint64_t columns, uint64_t blockRows, uint64_t blockColumns) {
  HDF5_Enter();
  hsize_t extent[] = {0, columns}, limit[] = {H5S_UNLIMITED, columns}, block[] = {blockRows, blockColumns};
  hid_t creation = hdf5.H5Pcreate(hdf5.H5P_CLS_DATASET_CREATE_ID_g);
  hid_t access = hdf5.H5Pcreate(hdf5.H5P_CLS_DATASET_ACCESS_ID_g);
  hid_t space = hdf5.H5Screate_simple(rank, extent, limit);
  hdf5.H5Pset_chunk(creation, rank, block);
  hdf5.H5Pset_fill_time(creation, H5D_FILL_TIME_NEVER);
  hdf5.H5Pset_shuffle(creation);
  hdf5.H5Pset_deflate(creation, 1);
  // Rows come in whole blocks. Without a cache they are in the file when a write returns, or it says that they are not.
  hdf5.H5Pset_chunk_cache(access, 1, 0, 1);
  hid_t table =
    hdf5.H5Dcreate2(parent, name, hdf5.H5T_IEEE_F64LE_g, space, H5P_DEFAULT, creation, access);
  if (table < 0) HDF5_KeepReason();
  hdf5.H5Idec_ref(space);
  hdf5.H5Idec_ref(access);
  hdf5.H5Idec_ref(creation);
  return HDF5_Leave(table);
}

static HDF5_Shape shape(hid_t table) {
  HDF5_Shape shape = {.rank = -1};
  hid_t space = hdf5.H5Dget_space(table);
  if (space < 0) return shape;
  hsize_t extent[2] = {0, 1};
  int rank = hdf5.H5Sget_simple_extent_ndims(space);
  if ((rank == 1 || rank == 2) && hdf5.H5Sget_simple_extent_dims(space, extent, NULL) == rank)
    shape = (HDF5_Shape){.rank = rank, .rows = extent[0], .columns = extent[1]};
  hdf5.H5Idec_ref(space);
  return shape;
}

HDF5_Shape HDF5_ShapeOf(HDF5_Object table) {
  HDF5_Enter();
  HDF5_Shape found = shape(table);
  HDF5_Leave(found.rank);
  return found;
}

int HDF5_Append(HDF5_Object table, const double *rows, uint64_t count) {
  HDF5_Enter();
  HDF5_Shape before = shape(table);
  if (before.rank < 0) return (int)HDF5_Leave(-1);
  hsize_t begin[] = {before.rows, 0}, block[] = {count, before.columns}, grown[] = {before.rows + count, before.columns};
  if (hdf5.H5Dset_extent(table, grown) < 0) return (int)HDF5_Leave(-1);
  hid_t file = hdf5.H5Dget_space(table);
  hid_t memory = hdf5.H5Screate_simple(before.rank, block, NULL);
  herr_t status = hdf5.H5Sselect_hyperslab(file, H5S_SELECT_SET, begin, NULL, block, NULL);
  if (status >= 0) status = hdf5.H5Dwrite(table, hdf5.H5T_NATIVE_DOUBLE_g, memory, file, H5P_DEFAULT, rows);
  if (status < 0) HDF5_KeepReason();
  hdf5.H5Idec_ref(memory);
  hdf5.H5Idec_ref(file);
  return (int)HDF5_Leave(status);
}

int HDF5_Read(HDF5_Object table, double *rows) {
  HDF5_Enter();
  return (int)HDF5_Leave(hdf5.H5Dread(table, hdf5.H5T_NATIVE_DOUBLE_g, H5S_ALL, H5S_ALL, H5P_DEFAULT, rows));
}

static int setTexts(hid_t object, const char *name, const char *const *texts, hid_t space) {
  hid_t type = hdf5.H5Tcopy(hdf5.H5T_C_S1_g);
  hdf5.H5Tset_size(type, H5T_VARIABLE);
  hdf5.H5Tset_cset(type, H5T_CSET_UTF8);
  hid_t attribute = hdf5.H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
  herr_t status = attribute < 0 ? -1 : hdf5.H5Awrite(attribute, type, texts);
  if (status < 0) HDF5_KeepReason();
  if (attribute >= 0) hdf5.H5Idec_ref(attribute);
  hdf5.H5Idec_ref(space);
  hdf5.H5Idec_ref(type);
  return (int)HDF5_Leave(status);
}

int HDF5_SetText(HDF5_Object object, const char *name, const char *text) {
  HDF5_Enter();
  return setTexts(object, name, &text, hdf5.H5Screate(H5S_SCALAR));
}

int HDF5_SetTexts(HDF5_Object object, const char *name, const char *const *texts, uint64_t count) {
  HDF5_Enter();
  hsize_t extent = count;
  return setTexts(object, name, texts, hdf5.H5Screate_simple(1, &extent, NULL));
}

int HDF5_SetNumbers(HDF5_Object object, const char *name, const double *numbers, uint64_t count) {
  HDF5_Enter();
  hsize_t extent = count;
  hid_t space = hdf5.H5Screate_simple(1, &extent, NULL);
  hid_t type = hdf5.H5T_IEEE_F64LE_g;
  hid_t attribute = hdf5.H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
  herr_t status = attribute < 0 ? -1 : hdf5.H5Awrite(attribute, hdf5.H5T_NATIVE_DOUBLE_g, numbers);
  if (status < 0) HDF5_KeepReason();
  if (attribute >= 0) hdf5.H5Idec_ref(attribute);
  hdf5.H5Idec_ref(space);
  return (int)HDF5_Leave(status);
}

int64_t HDF5_Numbers(HDF5_Object object, const char *name, double *numbers, uint64_t capacity) {
  HDF5_Enter();
  hid_t attribute = hdf5.H5Aopen(object, name, H5P_DEFAULT);
  if (attribute < 0) return HDF5_Leave(-1);
  hid_t space = hdf5.H5Aget_space(attribute);
  hssize_t length = hdf5.H5Sget_simple_extent_npoints(space);
  if (length > 0 && (uint64_t)length <= capacity && hdf5.H5Aread(attribute, hdf5.H5T_NATIVE_DOUBLE_g, numbers) < 0)
    length = -1;
  hdf5.H5Idec_ref(space);
  hdf5.H5Idec_ref(attribute);
  return HDF5_Leave(length);
}

char **HDF5_Texts(HDF5_Object object, const char *name, uint64_t *count) {
  HDF5_Enter();
  *count = 0;
  hid_t attribute = hdf5.H5Aopen(object, name, H5P_DEFAULT);
  if (attribute < 0) return HDF5_Leave(-1), NULL;
  hid_t type = hdf5.H5Aget_type(attribute);
  hid_t space = hdf5.H5Aget_space(attribute);
  hssize_t length = hdf5.H5Sget_simple_extent_npoints(space);
  char **texts = NULL;
  if (length >= 0 && hdf5.H5Tis_variable_str(type) > 0) texts = calloc((size_t)length + 1, sizeof *texts);
  if (texts && hdf5.H5Aread(attribute, type, texts) < 0) {
    free(texts);
    texts = NULL;
  }
  if (texts) *count = (uint64_t)length;
  hdf5.H5Idec_ref(space);
  hdf5.H5Idec_ref(type);
  hdf5.H5Idec_ref(attribute);
  HDF5_Leave(0);
  return texts;
}

void HDF5_FreeTexts(char **texts, uint64_t count) {
  HDF5_Enter();
  for (uint64_t index = 0; index < count; index++)
    if (texts[index]) hdf5.H5free_memory(texts[index]);
  free(texts);
  HDF5_Leave(0);
}

int HDF5_Flush(HDF5_Object object) {
  HDF5_Enter();
  return (int)HDF5_Leave(hdf5.H5Fflush(object, H5F_SCOPE_LOCAL));
}

int HDF5_Close(HDF5_Object object) {
  HDF5_Enter();
  return (int)HDF5_Leave(hdf5.H5Idec_ref(object));
}
