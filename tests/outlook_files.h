// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// Files as Outlook writes them, made for tests by our own hand.
namespace entregent::tests {

inline std::string little(std::uint64_t value, std::size_t bytes) {
  std::string result;
  for (std::size_t i = 0; i < bytes; ++i) result += static_cast<char>(value >> (8 * i) & 0xFFU);
  return result;
}

/// An entry of `__properties_version1.0`.
inline std::string fixed_property(unsigned type, unsigned id, std::uint64_t value) {
  return little(type, 2) + little(id, 2) + little(6, 4) + little(value, 8);
}

/// A compound file ([MS-CFB]) of sectors of 512 bytes, its siblings hung in one line. Short streams lie in small
/// sectors, as the format wants it.
class CompoundMaker {
 public:
  void add(const std::string& path, std::string content) { streams_[path] = std::move(content); }

  [[nodiscard]] std::string bytes() const {
    Image image;
    Node root{.name = "Root Entry", .storage = true, .content = {}, .children = {}};
    for (const auto& [path, content] : streams_) insert(root, path, content);
    std::vector<Row> rows;
    place(root, rows, image);
    return written(rows, image);
  }

 private:
  struct Node {
    std::string name;
    bool storage = false;
    std::string content;
    std::vector<Node> children;
  };
  struct Row {
    std::string name;
    int kind = 0;
    std::uint32_t right = none, child = none, start = end;
    std::size_t size = 0;
  };
  struct Image {
    std::string sectors, small;
    std::vector<std::uint32_t> next, small_next;
  };
  static constexpr std::uint32_t none = 0xFFFFFFFF, end = 0xFFFFFFFE, table = 0xFFFFFFFD;

  static void insert(Node& in, const std::string& path, const std::string& content) {
    const auto slash = path.find('/');
    const std::string first = path.substr(0, slash);
    if (slash == std::string::npos) {
      in.children.push_back({first, false, content, {}});
      return;
    }
    for (auto& child : in.children)
      if (child.name == first) return insert(child, path.substr(slash + 1), content);
    in.children.push_back({first, true, {}, {}});
    insert(in.children.back(), path.substr(slash + 1), content);
  }

  static std::uint32_t chained(std::string& sectors, std::vector<std::uint32_t>& next, std::string content,
                               std::size_t unit) {
    if (content.empty()) return end;
    const auto first = static_cast<std::uint32_t>(next.size());
    content.resize((content.size() + unit - 1) / unit * unit, '\0');
    const std::size_t count = content.size() / unit;
    for (std::size_t i = 0; i < count; ++i)
      next.push_back(i + 1 < count ? static_cast<std::uint32_t>(next.size()) + 1 : end);
    sectors += content;
    return first;
  }

  static std::uint32_t place(const Node& node, std::vector<Row>& rows, Image& image) {
    const auto index = static_cast<std::uint32_t>(rows.size());
    rows.push_back({node.name, node.storage ? (index == 0 ? 5 : 1) : 2, none, none, end, node.content.size()});
    if (!node.storage) {
      rows[index].start = node.content.size() < 4096 ? chained(image.small, image.small_next, node.content, 64)
                                                     : chained(image.sectors, image.next, node.content, 512);
    }
    std::uint32_t last = none;
    for (const auto& child : node.children) {
      const std::uint32_t at = place(child, rows, image);
      if (last == none)
        rows[index].child = at;
      else
        rows[last].right = at;
      last = at;
    }
    return index;
  }

  static std::string numbers(const std::vector<std::uint32_t>& values) {
    std::string result;
    for (const auto value : values) result += little(value, 4);
    return result;
  }

  static std::string row_bytes(const Row& row) {
    std::string name;
    for (const char c : row.name) name += {c, '\0'};
    name += std::string(2, '\0');
    const std::size_t size = name.size();
    name.resize(64, '\0');
    return name + little(size, 2) + static_cast<char>(row.kind) + '\1' + little(none, 4) + little(row.right, 4) +
           little(row.child, 4) + std::string(16 + 4 + 16, '\0') + little(row.start, 4) + little(row.size, 8);
  }

  static std::string written(std::vector<Row>& rows, Image& image) {
    rows[0].size = image.small.size();
    rows[0].start = chained(image.sectors, image.next, image.small, 512);
    const std::uint32_t small_table = chained(image.sectors, image.next, numbers(image.small_next), 512);
    std::string directory;
    for (const auto& row : rows) directory += row_bytes(row);
    const std::uint32_t first_row = chained(image.sectors, image.next, directory, 512);
    std::size_t tables = 1;
    while (tables * 128 < image.next.size() + tables) ++tables;
    std::vector<std::uint32_t> list(109, none);
    for (std::size_t i = 0; i < tables; ++i) {
      list[i] = static_cast<std::uint32_t>(image.next.size());
      image.next.push_back(table);
    }
    image.next.resize(tables * 128, none);
    std::string header = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(16, '\0') + little(0x3E, 2) + little(3, 2) +
                         little(0xFFFE, 2) + little(9, 2) + little(6, 2) + std::string(6, '\0') + little(0, 4) +
                         little(tables, 4) + little(first_row, 4) + little(0, 4) + little(4096, 4) +
                         little(small_table, 4) + little(1, 4) + little(end, 4) + little(0, 4) + numbers(list);
    return header + image.sectors + numbers(image.next);
  }

  std::map<std::string, std::string> streams_;
};

struct TnefFile {
  std::string name, content;
};

inline std::string tnef_attribute(int level, std::uint32_t id, const std::string& data) {
  std::uint16_t sum = 0;
  for (const char c : data) sum = static_cast<std::uint16_t>(sum + static_cast<unsigned char>(c));
  return std::string(1, static_cast<char>(level)) + little(id, 4) + little(data.size(), 4) + data + little(sum, 2);
}

/// A winmail.dat ([MS-OXTNEF]) with a text and files, in windows-1252.
inline std::string tnef_of(const std::vector<TnefFile>& files, const std::string& text) {
  std::string result = little(0x223E9F78, 4) + little(1, 2) + tnef_attribute(1, 0x00069007, little(1252, 8)) +
                       tnef_attribute(1, 0x0002800C, text + '\0');
  for (const auto& file : files)
    result += tnef_attribute(2, 0x00069002, std::string(14, '\0')) + tnef_attribute(2, 0x00018010, file.name + '\0') +
              tnef_attribute(2, 0x0006800F, file.content);
  return result;
}

inline std::string base64_of(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string result;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned value = 0;
    for (std::size_t j = 0; j < 3; ++j)
      value = value << 8U | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    for (std::size_t j = 0; j < 4; ++j) result += i + j > bytes.size() ? '=' : digits[value >> (18 - 6 * j) & 63U];
    if (i % 57 == 54) result += '\n';
  }
  return result;
}

}  // namespace entregent::tests
