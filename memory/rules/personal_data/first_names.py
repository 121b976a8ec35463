"""
First names from many countries, for the people whom a small model overlooks. Only names that are
no ordinary English word and no technology: "Will", "Mark", "Grace" or "Julia" alone are left to
the model, which sees the sentence.
"""

_WESTERN = """
    Aaron Abigail Adam Adrian Adriana Agnes Aidan Aileen Alan Alastair Albert Alberto Alec
    Alejandro Alejandra Alessandro Alessandra Alex Alexander Alexandra Alexandre Alexis Alfonso
    Alfred Alfredo Alice Alicia Alina Alison Allison Alma Alvaro Alvin Amanda Amelia Amelie Amy
    Ana Anastasia Anders Andre Andrea Andreas Andres Andrew Angela Angelica Angelina Angelo Angus
    Anita Ann Anna Annabelle Anne Annette Annie Annika Anton Antonia Antonio Antoine Antoinette
    Archie Ariana Arlene Arnold Arthur Arturo Ashley Astrid Audrey Augustus Aurelie Axel Barbara
    Barry Beatrice Beatriz Becky Belinda Ben Benedict Benjamin Bernadette Bernard Bernhard Bertha
    Bertrand Beth Bethany Betty Beverly Bianca Bjorn Björn Blanca Bob Bobby Bonnie Boris Brad
    Bradley Brandon Brenda Brendan Brent Brett Brian Brianna Bridget Brigitte Britta Brittany
    Bruce Bruno Bryan Caitlin Callum Calvin Cameron Camila Camille Carina Carl Carla Carlo Carlos
    Carlton Carmen Carol Carole Carolina Caroline Carolyn Carrie Carsten Casey Catarina Catherine
    Cathy Cecilia Cecile Cecil Cedric Celine Celia Cesar Charles Charlie Charlotte Cheryl Chloe
    Chloé Chris Christian Christina Christine Christoph Christophe Christopher Christy Cindy
    Claire Clara Clarence Clark Claudia Claudio Clemens Clifford Clive Clyde Colin Colleen Connie
    Connor Conrad Constance Cordelia Corinne Cornelia Courtney Craig Cristian Cristina Cynthia
    Cyril Damian Damien Dan Dana Daniel Daniela Daniele Danielle Danny Daphne Darius Darlene
    Darren Dave David Davide Deborah Debra Deirdre Denise Dennis Derek Desmond Diana Diane Diego
    Dieter Dietrich Dimitri Dirk Dolores Dominic Dominik Dominique Donald Donna Dora Doreen Dorian
    Doris Dorothy Doug Douglas Duncan Dwayne Dylan Eddie Edgar Edith Edmund Eduardo Edward Edwin
    Eileen Elaine Eleanor Elena Eli Elias Elijah Elisa Elisabeth Elise Eliza Elizabeth Ella Ellen
    Ellie Elliot Eloise Elsa Elvira Emanuel Emil Emile Emilia Emily Emma Emmanuel Enrico Enrique
    Eric Erica Erik Erika Ernest Ernesto Erwin Esteban Estelle Esther Ethan Etienne Eugene Eva
    Evan Evelyn Ezra Fabian Fabio Fabrice Federico Felicia Felicity Felipe Felix Ferdinand
    Fernanda Fernando Filip Fiona Florian Frances Francesca Francesco Francine Francis Francisco
    Franck Francois François Franz Fred Freddie Frederic Frederick Frédéric Frederik Frieda
    Friedrich Fritz Gabriel Gabriela Gabriele Gabrielle Gareth Garry Gavin Geoff Geoffrey George
    Georgina Gerald Geraldine Gerard Gerhard Gertrude Giacomo Gianluca Gianni Gilbert Gillian Gina
    Giorgio Giovanna Giovanni Giulia Giuseppe Gloria Gonzalo Gordon Graham Greg Gregor Gregory
    Greta Guido Guillaume Guillermo Günther Gunther Gustav Gustavo Gwen Gwendolyn Hannah Hanna
    Hannes Hans Harold Harriet Harry Harvey Hannelore Heather Hector Heidi Heinrich Heinz Helen
    Helena Helene Helga Helmut Hendrik Henri Henrik Henrietta Henry Herbert Herman Hermann Hilary
    Hilda Holger Horst Howard Hubert Hugh Ian Ida Ignacio Igor Ilse Imogen Ines Inga Inge Ingrid
    Irene Irina Irma Isaac Isabel Isabella Isabelle Isaiah Isla Ivan Ivana Jack Jackie Jacob
    Jacqueline Jacques Jake Jakob James Jamie Jan Jane Janet Janice Janine Jared Jason Javier
    Jeanette Jeanne Jeff Jeffrey Jen Jenna Jennifer Jenny Jens Jeremiah Jeremy Jerome Jerry Jess
    Jesse Jessica Jessie Jill Jim Jimmy Joachim Joan Joana Joanna Joanne Jochen Jodie Joe Joel
    Johan Johann Johanna Johannes John Johnny Jon Jonah Jonas Jonathan Jorge Jörg Jose José Josef
    Josefine Joseph Josephine Josh Joshua Joyce João Juan Juana Judith Judy Jules Julian Juliana
    Julie Julien Juliet Juliette Julio Jürgen Jurgen Justin Justine Kai Karen Karin Karina Karl
    Karla Karsten Kate Katarina Kate Katharina Katherine Kathleen Kathryn Kathy Katie Katja Katrin
    Katrina Kayla Keith Kelly Kelsey Ken Kendra Kenneth Kerstin Kevin Kieran Kim Kimberly Kirsten
    Kirsty Klaus Konrad Konstantin Kristen Kristin Kristina Kurt Kyle Lars Lara Larry Laura Lauren
    Laurence Laurent Lawrence Lea Leah Leanne Lee Leila Lena Lennart Leo Leon Leona Leonard
    Leonardo Leonie Leopold Leslie Lewis Liam Lilian Lillian Linda Lindsay Lindsey Lisa Liz Logan
    Lois Lola Lorenzo Loretta Lorraine Lothar Lottie Lou Louis Louisa Louise Luc Luca Lucas Lucia
    Lucien Lucille Lucinda Lucy Ludwig Luigi Luis Luisa Lukas Luke Luther Lydia Lynn Mackenzie
    Madeleine Maggie Magnus Maike Malcolm Manfred Manuel Manuela Marc Marcel Marcela Marcelo
    Marcia Marco Marcos Marcus Margaret Margarita Margot Maria Mariana Marianne Marie Marilyn
    Mario Marion Marisa Marjorie Markus Marlene Martha Martin Martina Marvin Mary Mathias Mathieu
    Mathilde Matilda Matt Matteo Matthew Matthias Maureen Maurice Mauro Maxime Maximilian Maxine
    Maya Megan Meghan Melanie Melinda Melissa Melvin Meredith Mia Micah Michael Michaela Michel
    Michele Michelle Miguel Mike Mikael Mildred Millie Mimi Miranda Miriam Mitchell Mohamed Moira
    Molly Monica Monika Monique Morgan Moritz Muriel Myriam Nadia Nadine Nancy Naomi Natalia
    Natalie Natasha Nathalie Nathan Nathaniel Neil Nelson Niamh Nicholas Nicola Nicolas Nicole
    Niels Nigel Niklas Nikolai Nikolaus Nils Nina Noah Noel Noelle Nora Norbert Norman Nuria Oisin
    Olaf Ole Oliver Olivia Olivier Oscar Oskar Otto Owen Pablo Paco Pam Pamela Paola Paolo Pascal
    Patricia Patrick Patrizia Paul Paula Paulina Pauline Paulo Pedro Peggy Penelope Percy Perry
    Pete Peter Petra Phil Philip Philippa Philippe Phillip Phoebe Phyllis Pierre Pilar Polly
    Priscilla Quentin Quinn Rachel Rafael Raffaele Rainer Ralf Ralph Ramon Randall Randy Raphael
    Raquel Raul Raymond Rebecca Reginald Reinhard Renata Renate Rene René Rhonda Ricardo Riccardo
    Richard Rick Ricky Rita Robert Roberta Roberto Robin Rochelle Roderick Rodrigo Roger Roland
    Rolf Roman Romain Ron Ronald Ronnie Rosa Rosalind Rosie Ross Rowan Roxanne Roy Rudolf Rudy
    Rupert Russell Ruth Ryan Sabina Sabine Sabrina Sally Salvador Salvatore Sam Samantha Samuel
    Sandra Santiago Sara Sarah Saskia Scott Sean Sebastian Selina Serena Serge Sergio Seth Shane
    Shannon Sharon Shaun Shawn Sheila Shelby Shelley Sheryl Shirley Siegfried Sigrid Silke Silvia
    Simon Simona Simone Sofia Sofie Sonja Sonia Sophia Sophie Stacey Stacy Stan Stanley Stefan
    Stefania Stefanie Steffen Stella Stephan Stephanie Stephen Steve Steven Stewart Stuart Susan
    Susana Susanne Suzanne Sven Sybil Sylvia Sylvie Tabitha Tamara Tania Tanja Tanya Tara Tatiana
    Ted Terence Teresa Terry Tessa Thea Thelma Theo Theodor Theodore Theresa Therese Thierry
    Thomas Thorsten Tiffany Tim Timothy Tina Tobias Toby Todd Tom Tommy Toni Tony Torsten Tracey
    Tracy Trevor Tricia Trish Tristan Tyler Ulrich Ulrike Ursula Uwe Valentina Valeria Valerie
    Vanessa Vera Verena Vernon Veronica Veronika Vicky Victor Victoria Viktor Vincent Vincenzo
    Vivian Vivienne Walter Wanda Wendy Werner Wesley Wilfred Wilhelm Willem William Willie Winston
    Wolfgang Xavier Yannick Yolanda Yves Yvette Yvonne Zachary Zach Zara Zoe Zoë
"""
_NORDIC_AND_EASTERN = """
    Agnieszka Aleksandr Aleksandra Aleksei Alexey Andrei Andrej Andrzej Anikó Anja Annukka Antti
    Arkady Árpád Arvid Åsa Aylin Balázs Barbora Bartosz Beata Bogdan Bohdan Bożena Branislav Csaba
    Dagmar Damir Danuta Darya Denys Dmitri Dmitry Dragan Dušan Eero Einar Ekaterina Elina Emőke
    Eszter Ewa Fatih Ferenc Freja Frida Fredrik Gábor Galina Gergely Goran Grażyna Grzegorz Gudrun
    Gunnar Győző Håkan Halina Hanne Henryk Ilona Ingeborg Irena István Ivo Jadwiga Jakub János
    Jarmila Jaroslav Jerzy Jiří Joakim Jozef Jukka Kaisa Kaja Kamil Karel Karolina Kasia Katalin
    Katarzyna Katya Kazimierz Kjell Klara Knut Kristof Krzysztof Ksenia László Lasse Lech Leif
    Lenka Lidia Linnea Ljubica Ludmila Luka Łukasz Maarten Maciej Magda Magdalena Małgorzata Marek
    Margit Marija Mariusz Marta Mateusz Matej Mats Matti Mehmet Mikhail Mikko Milan Milena Milica
    Miloš Mirjam Miroslav Mykola Nadezhda Natalya Nenad Nikita Nikola Oksana Oleg Oleksandr Olga
    Olena Ondřej Øyvind Paweł Pavel Pekka Petr Piotr Predrag Radek Rafał Ragnar Rasmus Roksana
    Ryszard Sanna Sergei Sergey Signe Sigurd Siiri Snezana Sławomir Solveig Søren Stanislav Stig
    Svetlana Szabolcs Tadeusz Tamás Taras Tatyana Thorbjørn Timo Tomáš Tomasz Torben Tove Ulla
    Urszula Václav Vadim Vasily Vesna Viktoria Vladimir Vojtěch Volodymyr Wojciech Yelena Yulia
    Yuri Zbigniew Zdeněk Zofia Zoltán Zsófia Zuzana Željko Bjørn Erling Eirik Ingvild Sindre
    Håvard Aino Ilkka Juhani Päivi Tuomas Veikko Ximena Joaquín Inés Andrés
"""
_WIDER = """
    Aaliyah Abdul Abdullah Abebe Abena Adebayo Adaeze Adeola Aditya Ahmad Ahmed Aiko Aisha Akash
    Akira Akiko Akua Alejandra Ali Amara Amina Amir Amit Amina Ananya Anil Anjali Ankit Anush
    Arash Arjun Asha Ashok Ayesha Ayşe Ayumi Aziz Babak Bilal Chidi Chinedu Chioma Chiara Darya
    Deepa Deepak Deepika Dilip Divya Eiji Ebru Elif Emeka Emre Esra Farah Farhad Fatima Fatma
    Fatou Femi Gaurav Geeta Giang Habib Hadiya Hakan Hamid Hana Haruki Haruka Haruto Hasan Hassan
    Hiroshi Hiro Hussein Ibrahim Ikram Imani Imran Indira Ismail Jamal Jamila Javad Jyoti Kamal
    Kamala Karim Karthik Kavita Kazuo Keiko Kenji Khadija Khalid Kiran Kofi Komal Krishna Kunal
    Kwame Kwesi Lakshmi Laila Latifa Layla Leyla Mahmoud Manish Manoj Mariam Maryam Masako Mbali
    Meera Mei Mehdi Minh Mohammad Mohammed Mohsen Muhammad Mustafa Nadira Naoko Nasser Navid Neha
    Ngozi Nguyen Nia Nikhil Nisha Nkechi Noor Nour Obinna Olumide Oluwaseun Omar Osman Parisa
    Parvati Pooja Prakash Prashant Pradeep Praveen Priya Priyanka Qiang Rahul Raj Rajesh Rakesh
    Ramesh Rania Rashid Rashida Ravi Rekha Reza Rohan Rohit Sachin Sadia Saeed Salim Salma Samir
    Samira Sanjay Sanjeev Sandeep Santosh Satoshi Selim Shankar Shanti Shiva Shreya Siddharth
    Sinéad Siobhan Siobhán Sunil Sunita Suresh Swati Tadashi Takashi Takeshi Tariq Tendai Thabo
    Thandiwe Tomoko Tunde Uchenna Usha Vijay Vikram Vinod Vivek Wanjiru Wei Xiaoming Yasmin
    Yasmine Yoko Yoshiko Youssef Yuki Yukiko Yusuf Zahra Zainab Zanele Zeynep Zodwa Nnamdi
    Oluwadamilola Anika Aarav Ishaan Kavya Sneha Ritu Tanvi Varun Yash Mateo Thiago Ximena Itzel
    Jazmín Lourdes Rocío Guadalupe
"""
FIRST_NAMES = frozenset(f"{_WESTERN}{_NORDIC_AND_EASTERN}{_WIDER}".lower().split())
"""In lower case."""
